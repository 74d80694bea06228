import { UnsupportedError } from '@dmarc-as-code/client'
import { DiagnosticError, isKnown, type ModifyPlanRequest } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { canonicalAddress, sameAddress } from '../../hosting/address.ts'
import { isProtected } from './domain-protection.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'
import { alreadyExists, domainMarker } from './existing-domain.ts'

type Request = ModifyPlanRequest<ProviderContext, typeof domainSchema>
type Change = Exclude<Request, { action: 'delete' }>

/** Where the private state of a domain has its ID, by which a replacement knows what it replaces. */
export const ID = 'id'

/** The account that the configuration names must exist: apply would fail on it. */
export async function checkAccount(
  { config, client: { api, planned }, signal }: Change,
  state: DomainState | null,
): Promise<void> {
  const { account_id: wanted } = config
  if (typeof wanted !== 'string' || wanted === state?.account_id || planned.accounts.has(wanted)) return
  try {
    await api.requireKnownAccount(wanted, { signal })
  } catch (error) {
    throw error instanceof DiagnosticError
      ? new DiagnosticError(error.message, error.detail, { path: ['account_id'], cause: error })
      : error
  }
}

/** Tags that the domain gets must exist, or be planned before it. */
export async function checkTags(
  { config, client: { api, planned }, signal, diagnostics }: Change,
  state: DomainState | null,
): Promise<void> {
  if (!isKnown(config.tags) || config.tags === null) return
  const added = config.tags.filter((tag): tag is string => typeof tag === 'string' && !state?.tags.includes(tag))
  if (added.length === 0) return
  let existing: Set<string>
  try {
    const tags = await api.tagsUnlessReported({ signal })
    if (!tags) return
    existing = new Set(tags.map(({ name }) => name))
  } catch (error) {
    // A server without routes for tags: they are created in its web app, and it checks them.
    if (error instanceof UnsupportedError) return
    throw error
  }
  const missing = added.filter((tag) => !existing.has(tag) && !planned.tags.has(tag))
  if (missing.length === 0) return
  diagnostics.error(
    missing.length === 1 ? `Tag "${missing[0]}" not found` : 'Tags not found',
    `${missing.map((tag) => `"${tag}"`).join(', ')} ${missing.length === 1 ? 'does' : 'do'} not exist. Declare a \`dmarcreport_tag\` and refer to its \`name\` attribute in \`tags\`, so that Terraform creates the tag first.`,
    ['tags'],
  )
}

/** A domain that stays, while another resource creates one with its address: the apply would fail. */
export function checkKeptDomain({ state, plan, client: { planned }, diagnostics }: Request): void {
  if (!state) return
  if (state.deletion_protection) planned.protectedDomains.add(state.id)
  if (!plan || !sameAddress(state.address, plan.address) || state.parked !== plan.parked) return
  if (!planned.addKept(state.id)) diagnostics.error(...declaredTwice(state.address), ['address'])
}

const declaredTwice = (address: string, place = ''): [title: string, detail: string] => [
  `Domain ${address} is declared twice`,
  `Another resource of this configuration creates ${address}${place} too. Remove one of them.`,
]

/**
 * A domain that another resource of the configuration creates too, perhaps in another spelling, or that exists: the apply
 * would fail. One that is in the state is being replaced, and one whose creation was interrupted may be ours.
 */
export async function checkNewDomain(
  { plan, client: { api, planned, markers }, signal, diagnostics, private: priv }: Change,
  account: string | undefined,
): Promise<void> {
  if (typeof plan.address !== 'string' || account === undefined) return
  const address = canonicalAddress(plan.address)
  // By a title that is planned, the account is created in the same apply: nothing is in it.
  const accountId = await api.existingAccountId(account, { signal })
  if (!planned.addCreated('domain', [String(accountId ?? account), address])) {
    diagnostics.error(...declaredTwice(address, ` in account ${account}`), ['address'])
    return
  }
  if (accountId === undefined) return
  const found = await api.foundAtFirst(accountId, address, { signal })
  if (!found) return
  const id = String(found.id)
  // Terraform says nothing of -replace but the creation.
  if (planned.protectedDomains.has(id)) {
    diagnostics.error(...isProtected(address), ['address'])
    return
  }
  if (priv.get(ID) !== id && !planned.addCreatedOver(id)) {
    diagnostics.error(
      `Domain ${address} is declared twice`,
      `Another resource of this configuration has domain ${id} of account ${account} in the state. Remove one of them, or use a \`moved\` block to give it another name.`,
      ['address'],
    )
    return
  }
  if (markers.isInState('domain', found.id)) return
  if (await markers.hasInterrupted('domain', domainMarker(accountId, address))) return
  // Not an error, which would also stop `terraform destroy` and strand what create_before_destroy replaces: apply decides.
  const { message, detail, path } = alreadyExists(found, accountId)
  diagnostics.warning(message, detail, path)
}
