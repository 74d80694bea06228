import { DnsNameError } from './errors.ts'
import {
  absoluteText,
  encodeLabels,
  foldCase,
  labelsWithin,
  nameKey,
  nameText,
  parseName,
  readLabels,
} from './labels.ts'

/**
 * The form in which names are compared and kept: lower-case, without the final dot, escapes as `dig` writes them; the
 * root is the empty string. Text that is no name comes back lower-case and otherwise as it is.
 */
export function canonicalName(name: string): string {
  if (unescapedName.test(name)) return foldCase(name.endsWith('.') ? name.slice(0, -1) : name)
  try {
    return nameKey(parseName(name))
  } catch (error) {
    if (!(error instanceof DnsNameError)) throw error
    return foldCase(name.endsWith('.') ? name.slice(0, -1) : name)
  }
}

const unescapedName = /^[A-Za-z0-9_*/.-]*$/

export function sameName(a: string, b: string): boolean {
  return canonicalName(a) === canonicalName(b)
}

/** `parentName('_dmarc.example.com')` is `example.com`; the parent of a top-level name is the root, ''. */
export function parentName(name: string): string {
  // A dot behind an odd number of backslashes belongs to the label.
  const first = /^(?:[^\\.]|\\.)*\./s.exec(name)?.[0]
  return first === undefined ? '' : name.slice(first.length)
}

/** Whether `name` is `zone` itself or lies beneath it. The root ('' or '.') holds every name. */
export function isWithin(name: string, zone: string): boolean {
  const child = canonicalName(name)
  const parent = canonicalName(zone)
  if (parent === '' || child === parent) return true
  if (!child.endsWith(`.${parent}`)) return false
  // The text `a\.b` ends in `.b`, and is one label.
  return !child.includes('\\') || labelsWithin(parseName(child), parseName(parent))
}

/** The part of a name that goes into the host field of its zone's panel: `@` for the zone itself. */
export function relativeName(name: string, zone: string): string {
  const full = canonicalName(name)
  const parent = canonicalName(zone)
  if (full === parent) return '@'
  if (parent === '' || !isWithin(full, parent)) return full
  return full.slice(0, -parent.length - 1)
}

/** `example.test` -> `example.test.`, as in a zone file; the root is `.`. */
export function absoluteName(name: string): string {
  return absoluteText(parseName(name))
}

/**
 * A name in presentation form as uncompressed wire bytes. Case is kept.
 * Throws `DnsNameError` for an empty label, one over 63 bytes, or a name over 255 bytes.
 */
export function encodeName(name: string): Buffer {
  return encodeLabels(parseName(name))
}

/**
 * Reads a name that may be compressed, as text in presentation form with its case kept. `next` is the offset after it.
 * Throws `DnsFormatError` where the bytes are no name.
 */
export function decodeName(message: Uint8Array, offset: number): { name: string; next: number } {
  const { labels, next } = readLabels(message, offset)
  return { name: nameText(labels), next }
}

/** Whether a name can be asked for as it stands: lower-case, without a final dot, every label plain and short enough. */
export function isPlainName(name: string): boolean {
  return plainName.test(name)
}

const plainName = /^(?=.{1,253}$)[a-z0-9_*/-]{1,63}(\.[a-z0-9_*/-]{1,63})*$/

/** Why this package cannot ask for a name, or undefined when it can. Only plain names are asked: no escapes. */
export function nameProblem(name: string): string | undefined {
  const bare = canonicalName(name)
  if (bare === '' || plainName.test(bare)) return undefined
  if (bare.length > 253) return `it has ${bare.length} characters, and a DNS name has at most 253`
  for (const label of bare.split('.')) {
    if (label === '') return 'it has an empty label'
    if (label.length > 63) return `its label "${label.slice(0, 20)}..." has ${label.length} characters, at most 63 fit`
    if (!/^[a-z0-9_*/-]+$/.test(label))
      return `its label "${label}" has a character that is not a letter, a digit, "-" or "_"`
  }
  return undefined
}
