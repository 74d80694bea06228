import type { CallInput, CallOptions, RawAnswer } from '../core/call.ts'
import type { CreateTagInput, UpdateTagInput } from '../input/inputs.ts'
import { readTag, type Tag } from '../read/tag.ts'
import type { OperationName } from '../routes.ts'
import type { Session } from '../session/session.ts'
import { confirm, judge } from './confirm.ts'
import { deleteOnce } from './delete-once.ts'
import { afterRefusal, isRedirect, unknownAfter } from './refused-write.ts'

/** Calls an operation on tags. */
type Call = (operation: OperationName, input: CallInput) => Promise<RawAnswer>
/** Reads one tag. */
type Get = (id: number) => Promise<Tag>

/** See `Tags.create`. */
export async function createTag({ transport }: Session, input: CreateTagInput, call: Call, get: Get): Promise<Tag> {
  const doing = `creating tag ${input.name}`
  const answer = await call('createTag', { body: { tag: input } }).catch((refusal) => {
    throw isRedirect(refusal) ? unknownAfter(doing, refusal) : refusal
  })
  const tag = transport.shown(readTag(answer.body), 'the new tag', answer)
  return confirm({ doing, answer, shown: judge(tag, input), look: async () => judge(await get(tag.id), input) })
}

/** See `Tags.update`. */
export async function updateTag(id: number, input: UpdateTagInput, call: Call, get: Get): Promise<Tag> {
  const doing = `changing tag ${id}`
  const look = async () => judge(await get(id), input)
  const answer = await call('updateTag', { params: { id }, body: { tag: input } }).catch((refusal) =>
    afterRefusal(doing, refusal, look),
  )
  if ('name' in answer) return answer
  const shown = readTag(answer.body)
  return confirm({ doing, answer, shown: shown?.id === id ? judge(shown, input) : undefined, look })
}

/** See `Tags.delete`. */
export async function deleteTag({ transport }: Session, id: number, call: Call, options: CallOptions): Promise<void> {
  await deleteOnce(
    transport,
    {
      what: `tag ${id}`,
      send: () => call('deleteTag', { params: { id } }),
      stillThere: async () => (await transport.call('getTag', { params: { id } }, options)) !== undefined,
    },
    options,
  )
}
