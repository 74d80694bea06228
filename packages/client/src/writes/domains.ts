import type { CallOptions } from '../core/call.ts'
import { NotFoundError, OutcomeUnknownError, UnexpectedAnswerError, UnsupportedError } from '../core/errors.ts'
import { withIdempotencyKey } from '../core/idempotency-key.ts'
import { withCall } from '../core/with-call.ts'
import type { ExtensionName } from '../enumerations.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import { type IfVersion, withIfMatch } from '../input/if-version.ts'
import {
  type CreateDomainInput,
  type GenerateDmarcRecordInput,
  type UpdateDomainInput,
  wirePolicy,
} from '../input/inputs.ts'
import { type Domain, readDomain } from '../read/domain.ts'
import { type GeneratedDmarcRecord, readGeneratedRecord } from '../read/generated-record.ts'
import { readHostedServices } from '../read/hosted-services.ts'
import { integer } from '../read/json.ts'
import { domainAnswer, domainsOf, inAccount, isAsked } from '../session/one-domain.ts'
import type { Session } from '../session/session.ts'
import { confirm, inWords } from './confirm.ts'
import { createOnce } from './create-once.ts'
import { deleteOnce } from './delete-once.ts'
import { comparableHost, generatedOtherwise, judgeDomain, showsRecord } from './domain-shows.ts'
import { afterRefusal, isRedirect, unknownAfter } from './refused-write.ts'

/** The parts of an update only some servers carry out; others may drop them without a word. */
const updateExtensions: readonly (readonly [keyof UpdateDomainInput, ExtensionName])[] = [
  ['tag_ids', 'tags_on_update'],
  ['tag_names', 'tags_on_update'],
  ['mta_sts_policy', 'mta_sts_policy_on_update'],
  ['take_over_current', 'take_over_current'],
  ['evidence_gate', 'evidence_gate'],
]

/** Fields that only inform the server; they are left out where the server does not keep them. */
const noteExtensions = [
  ['managed_by', 'managed_by'],
  ['allow_weaker', 'effect'],
  ['accept_risk', 'evidence_gate'],
] as const satisfies readonly (readonly [keyof UpdateDomainInput, ExtensionName])[]

/** See `Domains.create`. */
export async function createDomain(
  session: Session,
  accountId: IdOrSlug,
  input: CreateDomainInput,
  options: CallOptions,
): Promise<Domain> {
  const { transport, capabilities, maxRetries } = session
  const asked = await withoutUnknownNotes(session, input, options)
  const body = { domain: onTheWire(asked) }
  const params = { account_id: accountId }
  const keyed = withIdempotencyKey(options)
  const judge = (answer: unknown) => {
    const judged = judgeDomain(answer, asked)
    const entry = inAccount(judged?.entry, accountId)
    if (!judged || !entry) return undefined
    const found = entry.account_id
    const elsewhere = found !== undefined && found !== (integer(accountId) ?? found)
    const differences = elsewhere ? [{ field: 'account_id', asked: accountId, found }] : []
    return { ...judged, entry, differences: [...differences, ...judged.differences] }
  }
  const isIt = ({ address }: Domain) => comparableHost(address) === comparableHost(input.address)
  return createOnce<Domain>(
    transport,
    options.maxRetries ?? maxRetries,
    {
      what: `domain ${input.address} in account ${accountId}`,
      post: () => transport.call('createDomain', { params, body }, keyed),
      judge,
      isIt,
      list: async () => {
        const read = (value: unknown) => {
          const judged = judge(value)
          return judged && { id: judged.entry.id, judged }
        }
        const all = await domainsOf(session, accountId, options, read).all()
        return all.map(({ judged }) => judged).filter(({ entry }) => isIt(entry))
      },
      get: async (id) => judge(await domainAnswer(session, accountId, id, options)),
      keyed: keyed.idempotencyKey !== undefined && (await capabilities.announces('idempotency_keys', options)),
    },
    options,
  )
}

/** See `Domains.update`. */
export async function updateDomain(
  session: Session,
  accountId: IdOrSlug,
  id: IdOrSlug,
  input: UpdateDomainInput,
  options: CallOptions & IfVersion,
): Promise<Domain> {
  const { transport, capabilities } = session
  for (const [field, extension] of updateExtensions) {
    if (input[field] === undefined) continue
    if ((await capabilities.get(options)).has(extension)) continue
    throw new UnsupportedError(
      `This server does not change ${field} of an existing domain (it does not announce ${extension}). ` +
        `${field === 'take_over_current' ? 'Send the record and the policy to host' : 'Change it in the web app, or delete the domain and create it again'}.`,
      { extension },
    )
  }
  const asked = await withoutUnknownNotes(session, input, options)
  const params = { account_id: accountId, id }
  const judge = (answer: unknown) => {
    const judged = judgeDomain(answer, asked)
    const entry = inAccount(judged?.entry, accountId)
    return judged && entry && isAsked(entry, id) ? { ...judged, entry } : undefined
  }
  const look = async () => {
    const fields = await domainAnswer(session, accountId, id, options)
    const judged = judge(fields)
    if (!judged?.untold.some((field) => field === 'hosted_dmarc' || field === 'hosted_mta_sts')) return judged
    // Where a domain does not tell whether it is hosted, its hosted services do.
    const answer = await transport.call(
      'getHostedServices',
      { params: { account_id: accountId, domain_id: id } },
      options,
    )
    const services = transport.expected(readHostedServices(answer.body), 'the hosted services of a domain', answer)
    const { hosted_dmarc, hosted_mta_sts } = services
    return judge({ ...fields, hosted_dmarc, hosted_mta_sts })
  }
  const doing = `updating domain ${id}`
  const call = { params, body: { domain: onTheWire(asked) } }
  const answer = await transport
    .call('updateDomain', call, withIfMatch(options))
    .catch((refusal) => afterRefusal(doing, refusal, look))
  if ('address' in answer) return answer
  return confirm({ doing, answer, shown: judge(answer.body), look })
}

/** `managed_by` and `allow_weaker` only go to a server that keeps them. */
async function withoutUnknownNotes<Input extends UpdateDomainInput | CreateDomainInput>(
  { capabilities }: Session,
  input: Input,
  options: CallOptions,
): Promise<Input> {
  const kept: Record<string, unknown> = { ...input }
  for (const [field, extension] of noteExtensions) {
    if (kept[field] === undefined) continue
    if (!(await capabilities.get(options)).has(extension)) delete kept[field]
  }
  return kept as Input
}

/** See `Domains.delete`. */
export async function deleteDomain(
  session: Session,
  accountId: IdOrSlug,
  id: IdOrSlug,
  options: CallOptions & IfVersion,
): Promise<void> {
  const params = { account_id: accountId, id }
  try {
    await deleteOnce(
      session.transport,
      {
        what: `domain ${id}`,
        send: () => session.transport.call('deleteDomain', { params }, withIfMatch(options)),
        stillThere: async () => (await domainAnswer(session, accountId, id, options)) !== undefined,
      },
      options,
    )
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    const domain = readDomain(await domainAnswer(session, accountId, id, options))
    throw new UnsupportedError(
      `This server has no ${error.method} ${error.path}: domain ${domain?.address} is still there. ` +
        'Delete it in the web app.',
      { cause: error, extension: 'delete', route: 'deleteDomain' },
    )
  }
}

/** See `Domains.generateDmarcRecord`. */
export async function generateDmarcRecord(
  session: Session,
  accountId: IdOrSlug,
  id: IdOrSlug,
  input: GenerateDmarcRecordInput,
  options: CallOptions & IfVersion,
): Promise<GeneratedDmarcRecord> {
  const { transport } = session
  const params = { account_id: accountId, domain_id: id }
  const doing = `generating a record for domain ${id}`
  const answer = await transport
    // The same record published twice is the same record, so this POST may be repeated.
    .call('generateDmarcRecord', { params, body: input }, withIfMatch(options), 'always')
    .catch((refusal) => {
      throw input.publish && isRedirect(refusal) ? unknownAfter(doing, refusal) : refusal
    })
  const generated = transport.expected(readGeneratedRecord(answer.body), 'a generated DMARC record', answer)
  const differences = generatedOtherwise(input, generated)
  if (input.publish && generated.published === undefined) {
    const found = readDomain(await domainAnswer(session, accountId, id, options))?.current_dmarc_config
    if (found !== undefined && !showsRecord(found ?? '', generated.dmarc_record)) {
      differences.push({ field: 'publish', asked: generated.dmarc_record, found })
    }
  }
  if (differences.length === 0) return generated
  const said = `The server answered ${answer.status} to ${doing}, but ${inWords(differences)}.`
  throw withCall(
    input.publish
      ? new OutcomeUnknownError(`${said} Look at it before trying again.`, { differences, found: generated })
      : new UnexpectedAnswerError(said),
    answer,
  )
}

const onTheWire = <Input extends CreateDomainInput | UpdateDomainInput>({
  mta_sts_policy: policy,
  ...fields
}: Input) => ({
  ...fields,
  ...(policy && { mta_sts_policy: wirePolicy(policy) }),
})
