import { isDefinite, type Resolver } from '@dmarc-as-code/dns/resolver'
import { recordsOfType } from '@dmarc-as-code/dns/wire'
import { reportAuthorisationWildcard } from '@dmarc-as-code/records'
import { hostedZone } from '../app/hosted-zone.ts'
import type { Config } from '../config/schema.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** Connects to an address and closes the connection. @throws {Error} when nothing answers */
export type Reach = (address: string, port: number) => Promise<void>

const timeout = 10_000

/** The host of the report addresses: whether mail for it goes anywhere, and reporters may send theirs there. */
export async function checkReportHost(config: Config, resolver: Resolver, reach: Reach): Promise<Finding[]> {
  const { reportHost } = hostedZone(config, [])
  const run = resolver.begin({ timeout })
  const addresses = async (host: string) => {
    const answers = await Promise.all((['A', 'AAAA'] as const).map((type) => run.lookUp({ name: host, type })))
    return {
      known: answers.some(isDefinite),
      found: answers.some(({ records }) => records.some(({ type }) => type === 'A' || type === 'AAAA')),
    }
  }
  const mx = await run.lookUp({ name: reportHost, type: 'MX' })
  if (!isDefinite(mx)) {
    return [warning('reports', `The mail servers of ${reportHost} could not be looked up (${mx.error ?? mx.outcome}).`)]
  }
  const exchanges = recordsOfType(mx.records, 'MX').map(({ data }) => data.exchange)
  const authorised = await checkAuthorisation(reportHost, resolver)
  if (exchanges.length === 0) {
    return [
      ...authorised,
      problem(
        'reports',
        `${reportHost} has no MX records, so reports do not arrive. Set reports.smtp or reports.exchanges, or add MX records where reports.host lies.`,
      ),
    ]
  }
  const without: string[] = []
  for (const exchange of exchanges) {
    const { known, found } = await addresses(exchange)
    if (known && !found) without.push(exchange)
  }
  const missing = without.map((exchange) =>
    problem('reports', `${exchange}, a mail server of ${reportHost}, has no address. Correct reports.exchanges.`),
  )
  const reachable = await Promise.all(
    exchanges
      .filter((exchange) => !without.includes(exchange))
      .map(async (exchange): Promise<Finding> => {
        try {
          await reach(exchange, 25)
          return ok('reports', `Reports to ${reportHost} go to ${exchange}, which takes connections.`)
        } catch (error) {
          return warning(
            'reports',
            `${exchange} port 25, a mail server of ${reportHost}, takes no connection from this machine (${causeOf(error)}). Check that it runs and the firewall lets port 25 through, unless only this machine cannot reach it.`,
          )
        }
      }),
  )
  return [...authorised, ...missing, ...reachable]
}

/** Whether reporters find that the report host takes reports about other domains (RFC 9990 section 4); nothing where they do. */
async function checkAuthorisation(reportHost: string, resolver: Resolver): Promise<Finding[]> {
  const { name, value } = reportAuthorisationWildcard(reportHost)
  // Any policy domain: the record is a wildcard.
  const asked = name.replace('*', 'example.com')
  const answer = await resolver.begin({ timeout }).lookUp({ name: asked, type: 'TXT' })
  if (!isDefinite(answer))
    return [warning('reports', `${asked} could not be looked up (${answer.error ?? answer.outcome}).`)]
  const found = recordsOfType(answer.records, 'TXT').map(({ data }) => data)
  if (found.some((text) => /^v=DMARC1\s*(;|$)/.test(text))) return []
  return [
    problem(
      'reports',
      `${asked} has no record that lets reporters send reports about other domains to ${reportHost}, so most send none. Add the TXT record ${name} with ${JSON.stringify(value)}.`,
    ),
  ]
}

const causeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'no answer'

/** Whether the policy host answers at its public addresses, as seen from this machine. */
export async function checkPolicyHost(
  { policyHost: { addresses, certificates } }: Config,
  reach: Reach,
): Promise<Finding[]> {
  const all = [...addresses.ipv4, ...addresses.ipv6]
  const ports = certificates.source === 'acme' ? [443, 80] : [443]
  const findings = await Promise.all(
    all.flatMap((address) =>
      ports.map(async (port): Promise<Finding> => {
        try {
          await reach(address, port)
          return ok('policy host', `${address} port ${port} takes connections.`)
        } catch (error) {
          const why = causeOf(error)
          const purpose =
            port === 80 ? 'the certificate authority checks names there' : 'mail servers fetch policies there'
          return warning(
            'policy host',
            `${address} port ${port} takes no connection from this machine (${why}); ${purpose}. Check the firewall, unless only this machine cannot reach it.`,
          )
        }
      }),
    ),
  )
  return findings
}
