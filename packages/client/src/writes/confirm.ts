import { excerpt } from '@dmarc-as-code/primitives'
import type { RawAnswer } from '../core/call.ts'
import { AbortedError, type Difference, DmarcReportError, OutcomeUnknownError } from '../core/errors.ts'
import { withCall } from '../core/with-call.ts'

/** An object, compared with what was asked. */
export interface Judged<Entry> {
  entry: Entry
  differences: readonly Difference[]
  /** Fields of the request that the answer says nothing about. */
  untold: readonly string[]
}

/** Compares fields that are texts or numbers. A server may trim them, and write a colour in the other case. */
export function judge<Entry extends object>(entry: Entry | undefined, asked: object): Judged<Entry> | undefined {
  if (!entry) return undefined
  const plain = (field: string, value: unknown) =>
    field === 'color' ? String(value).toLowerCase() : String(value).trim()
  const fields = Object.entries(asked).filter(([, value]) => value !== undefined)
  const of = (field: string) => (entry as Record<string, unknown>)[field]
  return {
    entry,
    differences: fields.flatMap(([field, value]) => {
      const found = of(field)
      return found === undefined || plain(field, found) === plain(field, value) ? [] : [{ field, asked: value, found }]
    }),
    untold: fields.flatMap(([field]) => (of(field) === undefined ? [field] : [])),
  }
}

export interface Confirm<Entry> {
  /** For messages, e.g. `updating domain 41`. */
  doing: string
  /** The success that the server answered. */
  answer: RawAnswer
  /** What the answer shows; undefined where it shows no such object. */
  shown: Judged<Entry> | undefined
  /** Reads the object again. Undefined where it is not there. */
  look(): Promise<Judged<Entry> | undefined>
}

/**
 * The result of a write, as the server shows it: in its answer, or read back where the answer says something else or leaves
 * fields out. What is not as asked is an `OutcomeUnknownError`. A field that is shown nowhere is believed where the answer is
 * the object itself; an empty answer, a text or another status than 200 and 201 is no evidence of it.
 */
export async function confirm<Entry>({ doing, answer, shown, look }: Confirm<Entry>): Promise<Entry> {
  const final = shown && [200, 201].includes(answer.status) && shown.differences.length === 0
  if (final && shown.untold.length === 0) return shown.entry
  const said = `The server answered ${answer.status} to ${doing}`
  const unknown = (what: string, options: ConstructorParameters<typeof OutcomeUnknownError>[1] = {}) =>
    withCall(new OutcomeUnknownError(`${said}${what}. Look at it before trying again.`, options), answer)
  let seen: Judged<Entry> | undefined
  try {
    seen = await look()
  } catch (cause) {
    if (cause instanceof AbortedError || !(cause instanceof DmarcReportError)) throw cause
    if (final) return shown.entry
    const what = shown ? `, but ${inWords(shown.differences)}` : ' without showing it'
    const { entry: found, differences } = shown ?? {}
    throw unknown(`${what}, and reading it back failed (${cause.message})`, { cause, found, differences })
  }
  if (!seen) throw unknown(', but read back it is not there')
  const { entry: found, untold } = seen
  // What the answer shows stands where the second look says nothing about it.
  const differences = [...seen.differences, ...(shown?.differences ?? []).filter(({ field }) => untold.includes(field))]
  if (differences.length > 0) throw unknown(`, but read back ${inWords(differences)}`, { differences, found })
  if (final) return shown.entry
  const nowhere = untold.filter((field) => !shown || shown.untold.includes(field))
  if (nowhere.length > 0) throw unknown(`, and nothing shows ${nowhere.join(', ')}`, { found })
  return found
}

/** Each field with what was found and what was asked. */
export const inWords = (differences: readonly Difference[]): string =>
  differences.map(({ field, asked, found }) => `${field} is ${quote(found)} instead of ${quote(asked)}`).join(', ') ||
  'nothing shows that it is done'

const quote = (value: unknown): string => excerpt(JSON.stringify(value) ?? 'missing', 200)
