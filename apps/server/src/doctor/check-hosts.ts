import { isDefinite, type Resolver } from '@dmarc-as-code/dns/resolver'
import { recordsOfType } from '@dmarc-as-code/dns/wire'
import { hostedZone } from '../app/hosted-zone.ts'
import type { Config } from '../config/schema.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** Connects to an address and closes the connection. @throws {Error} when nothing answers */
export type Reach = (address: string, port: number) => Promise<void>

const timeout = 10_000

/** The host of the report addresses: whether mail for it goes anywhere. */
export async function checkReportHost(config: Config, resolver: Resolver): Promise<Finding[]> {
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
  if (exchanges.length === 0) {
    return [
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
  return without.length > 0
    ? without.map((exchange) =>
        problem('reports', `${exchange}, a mail server of ${reportHost}, has no address. Correct reports.exchanges.`),
      )
    : [ok('reports', `Reports to ${reportHost} go to ${exchanges.join(', ')}.`)]
}

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
          const why = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
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
