import type { CallOptions } from '../core/call.ts'
import { OutcomeUnknownError } from '../core/errors.ts'
import { withCall } from '../core/with-call.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import type { CreateAccountInput } from '../input/inputs.ts'
import { type Account, readAccount } from '../read/account.ts'
import { integer } from '../read/json.ts'
import type { Session } from '../session/session.ts'
import { confirm, judge } from './confirm.ts'
import { deleteOnce } from './delete-once.ts'
import { afterRefusal, isRedirect, unknownAfter } from './refused-write.ts'

/** Looks for an account. */
type Find = (idOrSlug: IdOrSlug) => Promise<Account | undefined>

/** So far the clocks of a server and of its database may be apart, in milliseconds. */
const minute = 60_000

/** See `Accounts.create`. */
export async function createAccount(
  { transport }: Session,
  input: CreateAccountInput,
  options: CallOptions,
  find: Find,
): Promise<Account> {
  const doing = `creating account ${input.title}`
  const answer = await transport.call('createAccount', { body: { account: input } }, options).catch((refusal) => {
    throw isRedirect(refusal) ? unknownAfter(doing, refusal) : refusal
  })
  const account = transport.shown(readAccount(answer.body), 'the new account', answer)
  const created = Date.parse(account.created_at ?? '')
  // An account that was there long before is not the new one, whatever its title.
  if (
    options.idempotencyKey === undefined &&
    Date.parse(answer.headers.date ?? '') - answer.elapsed - created > minute
  ) {
    throw withCall(
      new OutcomeUnknownError(
        `The server answered ${answer.status} to ${doing} with the one of id ${account.id}, which exists since ${account.created_at}. Look at it before trying again.`,
        { found: account },
      ),
      answer,
    )
  }
  const look = async () => judge(await find(account.id), input)
  return confirm({ doing, answer, shown: judge(account, input), look })
}

/** See `Accounts.update`. */
export async function updateAccount(
  { transport }: Session,
  idOrSlug: IdOrSlug,
  input: { title: string },
  options: CallOptions,
  find: Find,
): Promise<Account> {
  const doing = `renaming account ${idOrSlug}`
  const call = { params: { id: idOrSlug }, body: { account: input } }
  const answer = await transport
    .call('updateAccount', call, options)
    .catch((refusal) => afterRefusal(doing, refusal, async () => judge(await find(idOrSlug), input)))
  if ('title' in answer) return answer
  const shown = readAccount(answer.body)
  // A new title may come with a new slug.
  const isIt = (integer(idOrSlug) ?? shown?.id) === shown?.id
  const look = async () => judge(await find(isIt ? (shown?.id ?? idOrSlug) : idOrSlug), input)
  return confirm({ doing, answer, shown: isIt ? judge(shown, input) : undefined, look })
}

/** See `Accounts.delete`. */
export async function deleteAccount(
  { transport }: Session,
  idOrSlug: IdOrSlug,
  options: CallOptions,
  find: Find,
): Promise<void> {
  await deleteOnce(
    transport,
    {
      what: `account ${idOrSlug}`,
      send: () => transport.call('deleteAccount', { params: { id: idOrSlug } }, options),
      stillThere: async () => (await find(idOrSlug)) !== undefined,
    },
    options,
  )
}
