import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { losslessNumbers } from '../encoding/json.ts'
import { ExactNumber, numberText } from '../encoding/number.ts'
import { parseDuration } from './duration.ts'
import { found } from './found.ts'
import type { Sameness, Validator } from './spec.ts'

/** A text that stands for a value: what is wrong with it, and when two texts stand for the same. */
export interface TextType {
  readonly validate: Validator<string>
  readonly same: Sameness<string>
}

/** A type whose texts have one normal form each; undefined for a text that is not of the type. */
function textType(expected: string, normalForm: (text: string) => string | undefined): TextType {
  const same: Sameness<string> = (left, right) => {
    const normal = normalForm(left)
    return normal !== undefined && normal === normalForm(right)
  }
  normalForms.set(same, normalForm)
  const validate: Validator<string> = (text, context) =>
    normalForm(text) === undefined ? `Found ${found(shortened(text), context)}, expected ${expected}.` : undefined
  ofTypes.add(validate)
  return { validate, same }
}

const ofTypes = new WeakSet<Validator<never>>()

/** Whether a validator comes with a type of `s`, and not from an author. */
export const isOfType = (validator: Validator<never>): boolean => ofTypes.has(validator)

type NormalForm = (text: string) => string | undefined
const normalForms = new WeakMap<Sameness<never>, NormalForm>()

/** The normal form behind a rule of this module, by which values can be looked up; other rules only compare two. */
export const normalFormOf = (same: Sameness<never>): NormalForm | undefined => normalForms.get(same)

const LONGEST_QUOTE = 100
const shortened = (text: string) => (text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text)

/** JSON: white space and the order of members do not count, every digit of a number does. */
export const jsonText = textType('JSON text', (text) => {
  try {
    return normalJson(JSON.parse(text, losslessNumbers))
  } catch {
    return undefined
  }
})

function normalJson(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactNumber) return numberText(value)
  if (Array.isArray(value)) return `[${value.map(normalJson).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${normalJson(member)}`).join()}}`
}

/** A duration as Go writes it: `90s` is `1m30s`. */
export const durationText = textType('a duration such as "90s", "10m" or "1h30m"', (text) => {
  const milliseconds = parseDuration(text)
  return milliseconds === undefined ? undefined : String(milliseconds)
})

const normalAddress = (text: string, version: 4 | 6 | undefined): string | undefined => {
  const family = isIP(text)
  if (family === 0 || text.includes('%') || (version !== undefined && family !== version)) return undefined
  // A URL writes IPv6 addresses in the form of RFC 5952.
  return family === 4 ? text : new URL(`http://[${text}]`).hostname.slice(1, -1)
}

function versionWords(version: 4 | 6 | undefined): string {
  if (version === undefined) return 'IP'
  if (version !== 4 && version !== 6)
    throw new TypeError(`Found IP version ${version}, expected 4 or 6, or none for either.`)
  return `IPv${version}`
}

/** An IP address: `2001:DB8::0:1` is `2001:db8::1`. */
export const ipAddressText = (version?: 4 | 6): TextType =>
  textType(`an ${versionWords(version)} address`, (text) => normalAddress(text, version))

/** An address with the length of its prefix: `2001:DB8::/32` is `2001:db8::/32`. Bits after the prefix count. */
export const cidrText = (version?: 4 | 6): TextType =>
  textType(`an ${versionWords(version)} address with a prefix length, such as "192.0.2.0/24"`, (text) => {
    const [, address = '', length = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? []
    const normal = normalAddress(address, version)
    if (normal === undefined || Number(length) > (normal.includes(':') ? 128 : 32)) return undefined
    return `${normal}/${length}`
  })

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** A moment as RFC 3339 writes it: `2024-01-01T01:00:00+01:00` is `2024-01-01T00:00:00Z`. */
export const dateTimeText = textType(
  'a date and time as RFC 3339 writes it, such as "2024-12-31T23:59:59Z"',
  (text) => {
    const [, date, hours, minutes, seconds, fraction = '', zone] = RFC_3339.exec(text) ?? []
    if (date === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return undefined
    const midnight = new Date(`${date}T00:00:00Z`)
    // Date takes 30 February for 1 March.
    if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== date) return undefined
    const leap = seconds === '60' ? 1 : 0
    const moment =
      Date.parse(`${date}T${hours}:${minutes}:${leap ? '59' : seconds}${zone?.toUpperCase()}`) / 1_000 + leap
    return `${moment}.${fraction.replace(/0+$/, '')}`
  },
)

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/** A domain name: case, a final dot, and A-labels for letters beyond ASCII do not count. */
export const domainNameText = textType('a domain name', (text) => {
  const name = asciiName(text.replace(/\.$/, ''))
  const isName = name !== undefined && name !== '' && name.length <= 253 && name.split('.').every((l) => LABEL.test(l))
  return isName ? name : undefined
})

/** Letters, digits, marks, hyphens, underscores and dots; joiners, which some scripts need inside a label. */
const NAME = /^(?:[\p{L}\p{M}\p{Nd}_.-]|\u200c|\u200d)+$/u

/** Lower case, letters beyond ASCII as A-labels. */
function asciiName(text: string): string | undefined {
  const name = text.replace(/[。．｡]/g, '.').toLowerCase()
  // Checked first: the conversion reads its input as part of a URL, and ends the name at what ends a host there.
  if (!NAME.test(name)) return undefined
  if (/^[!-~]*$/.test(name)) return name
  // A full-width digit or a ligature is no letter of a domain name, but would be converted to one.
  if (name.normalize('NFC') !== name.normalize('NFKC')) return undefined
  return domainToASCII(name) || undefined
}
