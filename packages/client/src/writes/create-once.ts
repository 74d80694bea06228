import { retryDelay } from '@dmarc-as-code/primitives'
import type { CallOptions, RawAnswer } from '../core/call.ts'
import { AbortedError, type ApiError, DmarcReportError, OutcomeUnknownError, TimeoutError } from '../core/errors.ts'
import { isPassing, provesNoEffect, type Transport } from '../core/transport.ts'
import { withCall } from '../core/with-call.ts'
import { confirm, inWords, type Judged } from './confirm.ts'
import { isRedirect } from './refused-write.ts'

export interface CreateOnce<Entry> {
  /** For messages, e.g. `domain example.com`. */
  what: string
  /** One POST, which the transport repeats only when it provably had no effect. */
  post(): Promise<RawAnswer>
  /** The object in an answer, compared with what was asked; undefined where the answer is none. */
  judge(answer: unknown): Judged<Entry> | undefined
  /** Whether an object could be the one asked for, whatever its other fields. */
  isIt(entry: Entry): boolean
  /** Every object that could be the one asked for. */
  list(): Promise<Judged<Entry>[]>
  /** One object, read by its id. */
  get(id: number): Promise<Judged<Entry> | undefined>
  /** Whether the server carries out one `Idempotency-Key` once, and answers a repetition with what it created the first time. */
  keyed: boolean
}

/** A request that was cut off may still be carried out; so long, in milliseconds, until "not listed" is believed. */
const settlingTime = 5_000

/**
 * Creates something exactly once over a network that may cut off the answer. A server that knows idempotency keys is asked
 * again with the same key. With any other, what is there is read before, so that it is never taken for the new object,
 * whatever the clocks say; after a failure that leaves the outcome open it is read again, twice with a pause between: one
 * more means that it worked, none that it did not and the POST is repeated, unless it may only be slow.
 */
export async function createOnce<Entry extends { id: number }>(
  transport: Transport,
  maxRetries: number,
  create: CreateOnce<Entry>,
  { signal }: CallOptions,
): Promise<Entry> {
  const { random, logger } = transport
  const { what, keyed } = create
  const doing = `creating ${what}`
  const before = keyed ? undefined : await idsBefore(create)

  /** One that is listed and was not there before. Throws where there is only one that was, or may have been. */
  const newOne = async (): Promise<Judged<Entry> | undefined> => {
    const all = await create.list()
    const [fresh, another] = before ? all.filter(({ entry }) => !before.has(entry.id)) : []
    if (fresh && another) {
      throw new OutcomeUnknownError(
        `Those with the ids ${fresh.entry.id} and ${another.entry.id} are new, and nothing shows which of them this call created. Look at both, and delete the one that is not needed`,
        { found: fresh.entry },
      )
    }
    if (fresh || !all[0]) return fresh
    const { id } = all[0].entry
    throw new OutcomeUnknownError(
      before
        ? `One with id ${id} was there before this call, so it is not the one asked for. Use that one, or delete it first`
        : `One with id ${id} exists, and nothing shows whether it is the one asked for. Use that one, or delete it first`,
      { found: all[0].entry },
    )
  }
  /** The same, after a failure that left the outcome open. A refusal stands where it is about one that was there before. */
  const afterCutOff = async (said: string, cause: DmarcReportError, latest: DmarcReportError) => {
    let seen: Judged<Entry> | undefined
    try {
      seen = await newOne()
    } catch (error) {
      if (error instanceof AbortedError || !(error instanceof DmarcReportError)) throw error
      if (error instanceof OutcomeUnknownError && before?.has((error.found as Entry).id) && !isPassing(latest))
        throw latest
      throw error instanceof OutcomeUnknownError
        ? new OutcomeUnknownError(`${said}. ${error.message}.`, {
            cause,
            found: error.found,
          })
        : new OutcomeUnknownError(
            `${said}, and reading back failed too (${error.message}). It may exist: look before creating it again.`,
            { cause },
          )
    }
    if (!seen || seen.differences.length === 0) return seen?.entry
    const { entry: found, differences } = seen
    throw new OutcomeUnknownError(
      `${said}. A new one with id ${found.id} exists, but ${inWords(differences)}. Look at it before trying again.`,
      { cause, found, differences },
    )
  }

  let cutOff: DmarcReportError | undefined
  for (let attempt = 0; ; attempt++) {
    let answer: RawAnswer
    try {
      answer = await create.post()
    } catch (error) {
      if (error instanceof AbortedError || !(error instanceof DmarcReportError)) throw error
      const passing = isPassing(error)
      const redirected = isRedirect(error)
      const open = redirected || (passing && !provesNoEffect(error))
      const { retryAfter } = error as Partial<ApiError>
      const delay = retryDelay(attempt, { retryAfter, random })
      // Later than a caller can wait for, or nothing that happened.
      if (!cutOff && (!open || delay === undefined)) throw error
      cutOff ??= error
      const repeated = error === cutOff ? '' : `, and repeating it failed (${error.message})`
      const said = `${doing} was ${isRedirect(cutOff) ? 'answered by a redirect' : 'cut off'} (${cutOff.message})${repeated}`
      const nobodyKnows = () =>
        new OutcomeUnknownError(`${said}. It may exist: look before creating it again.`, { cause: cutOff })
      if (delay === undefined) throw nobodyKnows()
      // A server that only is slow may still be at it: a second request could be carried out beside the first.
      const slow = error instanceof TimeoutError || [408, 504].includes((error as ApiError).status)
      const last = !passing || (slow && !keyed) || attempt >= maxRetries
      const { call } = cutOff
      const pause = (ms: number) =>
        transport.pause(ms, doing, signal).catch((aborted) => {
          throw call ? withCall(aborted, call) : aborted
        })
      if (keyed) {
        if (!last) {
          await pause(delay)
          continue
        }
        // Had an attempt been carried out, a refusal would not be the answer to its repetition.
        if (!passing && !redirected) throw error
        await afterCutOff(said, cutOff, error)
        throw open && !slow ? error : nobodyKnows()
      }
      // Sooner than the server allows, it is not asked what there is either.
      if (retryAfter !== undefined) await pause(delay)
      const found = await afterCutOff(said, cutOff, error)
      if (found) return found
      await pause(Math.max(settlingTime, retryAfter === undefined ? delay : 0))
      const late = await afterCutOff(said, cutOff, error)
      if (late) return late
      if (last) throw open && !slow ? error : nobodyKnows()
      logger.info(`${doing} failed and did not happen, trying again`, { attempt: attempt + 1 })
      continue
    }
    const judged = create.judge(answer.body)
    // Another object in the answer is no evidence of this one.
    const shown = judged && create.isIt(judged.entry) ? judged : undefined
    const id = shown?.entry.id
    if (id !== undefined && before?.has(id)) {
      throw withCall(
        new OutcomeUnknownError(
          `The server answered ${answer.status} to ${doing} with the one of id ${id}, which was there before. Use that one, or delete it first.`,
          { found: shown?.entry },
        ),
        answer,
      )
    }
    return confirm({ doing, answer, shown, look: id === undefined ? newOne : () => create.get(id) })
  }
}

/** What could be taken for the new object; undefined where it cannot be listed. */
async function idsBefore<Entry extends { id: number }>(create: CreateOnce<Entry>): Promise<Set<number> | undefined> {
  try {
    return new Set((await create.list()).map(({ entry }) => entry.id))
  } catch (error) {
    // A token may be allowed to create and not to list; then the answer to the POST alone is the evidence.
    const may = error instanceof DmarcReportError && !(error instanceof AbortedError) && !isPassing(error)
    // Where reading is redirected, writing would be, too.
    if (may && !isRedirect(error)) return undefined
    throw error
  }
}
