import type { DmarcReportClient, Domain } from '@dmarc-as-code/client'
import { parseDomainName } from '@dmarc-as-code/records'
import type { Sources } from './sources.ts'
import { ToolError } from './tool.ts'

/** A domain with the account that it can be asked through. */
export type FoundDomain = Domain & { account_id: number }

/** The client, or an error that says how to connect an account. */
export function clientOf({ client }: Sources): DmarcReportClient {
  if (client !== undefined) return client
  throw new ToolError(
    'No account is connected. Set DMARCREPORT_TOKEN (and DMARCREPORT_ENDPOINT for a server of your own) where dmarc-mcp is started. ' +
      'check_records and explain_code work without an account.',
  )
}

/** The name in A-labels. Throws `ToolError` for what is no mail domain. */
export function domainName(text: string): string {
  const parsed = parseDomainName(text)
  if (parsed.ok) return parsed.ascii
  throw new ToolError(parsed.finding.message)
}

/** The domain of this name in any account of the token. Throws `ToolError` when there is none. */
export async function findDomain(sources: Sources, name: string, signal: AbortSignal): Promise<FoundDomain> {
  const client = clientOf(sources)
  const wanted = domainName(name)
  const domains = await client.domains.listWithAccounts({ signal })
  const found = domains.find(({ address }) => asciiOf(address) === wanted)
  if (found === undefined) {
    throw new ToolError(
      `No account of this token has the domain ${wanted}. list_domains lists those that there are; check_records looks at the DNS of any domain.`,
    )
  }
  const { account_id } = found
  if (account_id === undefined) {
    throw new ToolError(
      `${found.address} is in no account that this token can read. Share its account with the user of the token.`,
    )
  }
  return { ...found, account_id }
}

function asciiOf(address: string): string {
  const parsed = parseDomainName(address)
  return parsed.ok ? parsed.ascii : address.toLowerCase()
}
