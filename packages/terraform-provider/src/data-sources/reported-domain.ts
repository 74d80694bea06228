import { DiagnosticError } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../api/api.ts'

interface Named {
  readonly domain_id: string
  readonly account_id: string | null
}

/** The domain that a data source names by ID, slug or address. */
export async function reportedDomain(
  api: Api,
  { domain_id, account_id }: Named,
  signal: AbortSignal,
): Promise<{ accountId: number; domainId: number }> {
  const accountId = await api.accountId(account_id, { signal })
  const found = await api.find(domain_id, accountId, { signal })
  if (found) return { accountId, domainId: found.id }
  throw new DiagnosticError(
    `Domain "${domain_id}" not found`,
    `Account ${accountId} has no domain with this ID, slug or address.`,
    { path: ['domain_id'] },
  )
}
