import { type Clock, retryDelay } from '@dmarc-as-code/primitives'
import { ConflictError, DmarcReportError, OutcomeUnknownError, UnexpectedAnswerError } from './errors.ts'
import { type CallOptions, isPassing, provesNoEffect, type RawAnswer, type Transport } from './transport.ts'

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
/** Where the server's clock is not visible (a browser hides the Date header from other origins), clocks may differ more. */
const unknownClockSlack = 300_000

/**
 * Creates something exactly once over a network that may cut off the answer. After a failure that leaves the outcome open,
 * it reads back: found and new means it worked, not found means it did not and the POST is repeated. An object that was
 * there before is never mistaken for the new one, whatever the clocks of the two machines say.
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
    try {
      const answer = await create.post()
      const entry = create.read(answer)
      if (entry) return entry
      // A success that does not show the object: 201 with an empty body, or 204.
      const { found } = await create.find()
      if (found) return found
      throw new UnexpectedAnswerError(
        `The server answered ${answer.status} to creating ${create.what}, but does not list it.`,
      )
    } catch (error) {
      const duplicateOfOurs = cutOff !== undefined && error instanceof ConflictError
      if (!duplicateOfOurs && !leavesOpen(error)) throw error
      cutOff ??= error
      const found = await readBack(create, cutOff, clock, started)
      if (found) return found
      if (attempt >= maxRetries || duplicateOfOurs) throw error
      logger.info(`Creating ${create.what} failed and did not happen, trying again`, { attempt: attempt + 1 })
      await transport.pause(retryDelay(attempt, { random }) ?? 0, `Creating ${create.what}`, options.signal)
    }
  }
}

const leavesOpen = (error: unknown): boolean => isPassing(error) && !provesNoEffect(error)

async function readBack<Entry extends Created>(
  create: CreateOnce<Entry>,
  cutOff: unknown,
  clock: Clock,
  started: number,
): Promise<Entry | undefined> {
  const told = cutOff instanceof Error ? cutOff.message : String(cutOff)
  let result: Awaited<ReturnType<typeof create.find>>
  try {
    result = await create.find()
  } catch (error) {
    if (!(error instanceof DmarcReportError)) throw error
    throw new OutcomeUnknownError(
      `Creating ${create.what} was cut off (${told}), and reading back failed too (${error.message}). ` +
        'It may exist: look before creating it again.',
      { cause: cutOff },
    )
  }
  const { found, serverTime } = result
  if (!found) return undefined
  // The server's own clock at the moment we began: its time now, less what has passed here since.
  const began =
    serverTime === undefined ? started - unknownClockSlack : serverTime - (clock.now() - started) - clockSlack
  const createdAt = Date.parse(found.created_at ?? '')
  if (Number.isNaN(createdAt) || createdAt >= began) return found
  throw new OutcomeUnknownError(
    `Creating ${create.what} was cut off (${told}). One with id ${found.id} exists since ${found.created_at}, before this ` +
      'call, so it is not the one asked for. Use that one, or delete it first.',
    { cause: cutOff },
  )
}
