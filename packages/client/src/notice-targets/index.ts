import { NotFoundError, UnsupportedError } from '../core/errors.ts'
import type { CallInput, CallOptions, RawAnswer } from '../core/transport.ts'
import { readEach } from '../history/read.ts'
import type { OperationName } from '../routes.ts'
import type { Session } from '../session/session.ts'
import { deleteOnce } from '../writes/delete-once.ts'
import { isRedirect, unknownAfter } from '../writes/refused-write.ts'
import { type CreatedNoticeTarget, type NoticeTarget, type NoticeTargetInput, readNoticeTarget } from './read.ts'

/** See `NoticeTargets.list`. */
export async function listNoticeTargets(session: Session, options: CallOptions): Promise<NoticeTarget[]> {
  const answer = await call(session, 'listNoticeTargets', {}, options)
  const targets = readEach(answer.body, 'notice_targets', readNoticeTarget)
  // The secret is in the answer to a creation alone.
  const shown = targets?.map(({ secret: _, ...target }) => target)
  return session.transport.expected(shown, 'the targets of notices', answer)
}

/** See `NoticeTargets.create`. */
export async function createNoticeTarget(
  session: Session,
  input: NoticeTargetInput,
  options: CallOptions,
): Promise<CreatedNoticeTarget> {
  const doing = `sending notices to ${input.destination ?? 'the user by mail'}`
  const answer = await call(session, 'createNoticeTarget', { body: { notice_target: input } }, options).catch(
    (refusal) => {
      throw isRedirect(refusal) ? unknownAfter(doing, refusal) : refusal
    },
  )
  return session.transport.shown(readNoticeTarget(answer.body), 'the new target', answer)
}

/** See `NoticeTargets.delete`. */
export async function deleteNoticeTarget(session: Session, id: number, options: CallOptions): Promise<void> {
  await deleteOnce(
    session.transport,
    {
      what: `the target ${id} of notices`,
      send: () => call(session, 'deleteNoticeTarget', { params: { id } }, options),
      stillThere: async () => (await listNoticeTargets(session, options)).some((target) => target.id === id),
    },
    options,
  )
}

/** "Not found" can mean the target or the whole route; the server's capabilities tell which. */
async function call(
  { transport, capabilities }: Session,
  operation: OperationName,
  input: CallInput,
  options: CallOptions,
): Promise<RawAnswer> {
  try {
    return await transport.call(operation, input, options)
  } catch (error) {
    if (!(error instanceof NotFoundError) || (await capabilities.get(options)).has('notice_targets')) throw error
    throw new UnsupportedError('This server has no routes for targets of notices.', {
      cause: error,
      extension: 'notice_targets',
    })
  }
}
