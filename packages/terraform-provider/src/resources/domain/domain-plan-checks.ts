import { UnsupportedError } from '@dmarc-as-code/client'
import { DiagnosticError, isKnown, type ModifyPlanRequest } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { canonicalAddress } from '../../hosting/address.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'

type Change = Exclude<ModifyPlanRequest<ProviderContext, typeof domainSchema>, { action: 'delete' }>

/** The account that the configuration names must exist: apply would fail on it. */
export async function checkAccount(
  { config, client: { api }, signal }: Change,
  state: DomainState | null,
): Promise<void> {
  const { account_id: wanted } = config
  if (typeof wanted !== 'string' || wanted === state?.account_id) return
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

/** Two resources that create the same domain, perhaps in two spellings of its name. */
export function checkDuplicate(
  { plan, client: { planned }, diagnostics }: Change,
  accountId: string | undefined,
): void {
  if (typeof plan.address !== 'string' || accountId === undefined) return
  const address = canonicalAddress(plan.address)
  if (planned.addDomain(accountId, address)) return
  diagnostics.error(
    `Domain ${address} is declared twice`,
    `Another resource of this configuration creates ${address} in account ${accountId} too. Remove one of them.`,
    ['address'],
  )
}
