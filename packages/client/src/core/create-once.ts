import { type Clock, retryDelay } from '@dmarc-as-code/primitives'
import { AbortedError, ApiError, DmarcReportError, OutcomeUnknownError, UnexpectedAnswerError } from './errors.ts'
import { type CallOptions, isPassing, provesNoEffect, type RawAnswer, type Transport } from './transport.ts'
import { withCall } from './with-call.ts'

/** What reading back needs to know of a created object. */
interface Created {
  id: number
  created_at?: string
}

export interface CreateOnce<Entry extends Created> {
  /** For messages, e.g. `domain example.com`. */
  what: string
  /** One POST, which the transport repeats only when it provably had no effect. */
  post(): Promise<RawAnswer>
  read(answer: RawAnswer): Entry | undefined
  /** Looks for the object, and tells the server's time from the answer if it can. */
  find(): Promise<{ found: Entry | undefined; serverTime: number | undefined }>
}

/** HTTP dates are cut to seconds, and an answer takes its time: so much may lie between the clocks compared. */
const clockSlack = 5_000
/** A request that was cut off may still be carried out; so long, in milliseconds, until "not listed" is believed. */
const settlingTime = 5_000

/**
 * Creates something exactly once over a network that may cut off the answer. After a failure that leaves the outcome open,
 * it reads back, twice with a pause between: found and new means it worked, not found means it did not and the POST is
 * repeated. An object that was there before is never mistaken for the new one, whatever the clocks of the two machines say.
 */
export async function createOnce<Entry extends Created>(
  transport: Transport,
  maxRetries: number,
  create: CreateOnce<Entry>,
  options: CallOptions,
): Promise<Entry> {
  const { clock, random, logger } = transport
  const started = clock.now()
  let cutOff: unknown
  for (let attempt = 0; ; attempt++) {
    let answer: RawAnswer
    try {
      answer = await create.post()
    } catch (error) {
      if (cutOff !== undefined && isRefusal(error)) {
        // "Has already been taken" may be said of what an earlier attempt created.
        const { found, isNew } = await readBack(create, cutOff, clock, started)
        if (found && isNew) return found
        throw error
      }
      if (!leavesOpen(error)) throw error
      cutOff ??= error
      const found = await newOne(create, cutOff, clock, started)
      if (found) return found
      if (attempt >= maxRetries) throw error
      const delay = Math.max(settlingTime, retryDelay(attempt, { random }) ?? 0)
      await transport.pause(delay, `Creating ${create.what}`, options.signal)
      const late = await newOne(create, cutOff, clock, started)
      if (late) return late
      logger.info(`Creating ${create.what} failed and did not happen, trying again`, { attempt: attempt + 1 })
      continue
    }
    const entry = create.read(answer)
    if (entry) return entry
    // A success that does not show the object: 201 with an empty body, or 204.
    const said = withCall(new UnexpectedAnswerError(`the server answered ${answer.status} without showing it`), answer)
    const found = await newOne(create, said, clock, started)
    if (found) return found
    throw withCall(
      new OutcomeUnknownError(
        `The server answered ${answer.status} to creating ${create.what}, but does not list it. Look for it before creating it again.`,
      ),
      answer,
    )
  }
}

const leavesOpen = (error: unknown): boolean => isPassing(error) && !provesNoEffect(error)

const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && !isPassing(error)

/** What was created since the call began; undefined when nothing is listed. Throws where an older one is. */
async function newOne<Entry extends Created>(
  create: CreateOnce<Entry>,
  cutOff: unknown,
  clock: Clock,
  started: number,
): Promise<Entry | undefined> {
  const { found, isNew } = await readBack(create, cutOff, clock, started)
  if (!found || isNew) return found
  const told = cutOff instanceof Error ? cutOff.message : String(cutOff)
  const which =
    isNew === undefined
      ? `One with id ${found.id} exists, and nothing shows whether it is the one asked for`
      : `One with id ${found.id} exists since ${found.created_at}, before this call, so it is not the one asked for`
  throw new OutcomeUnknownError(
    `Creating ${create.what} has an unknown outcome (${told}). ${which}. Use that one, or delete it first.`,
    { cause: cutOff },
  )
}

async function readBack<Entry extends Created>(
  create: CreateOnce<Entry>,
  cutOff: unknown,
  clock: Clock,
  started: number,
): Promise<{ found: Entry | undefined; isNew: boolean | undefined }> {
  const told = cutOff instanceof Error ? cutOff.message : String(cutOff)
  let result: Awaited<ReturnType<typeof create.find>>
  try {
    result = await create.find()
  } catch (error) {
    if (error instanceof AbortedError || !(error instanceof DmarcReportError)) throw error
    throw new OutcomeUnknownError(
      `Creating ${create.what} was cut off (${told}), and reading back failed too (${error.message}). It may exist: look before creating it again.`,
      { cause: cutOff },
    )
  }
  const { found, serverTime } = result
  const createdAt = Date.parse(found?.created_at ?? '')
  if (!found || serverTime === undefined || Number.isNaN(createdAt)) return { found, isNew: undefined }
  // The server's own clock at the moment we began: its time now, less what has passed here since.
  const began = serverTime - (clock.now() - started) - clockSlack
  return { found, isNew: createdAt >= began }
}
