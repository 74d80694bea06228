import { addCnames, startCustomerDns } from './customer-dns.ts'
import { startTestServer, type TestOptions, type TestServer } from './start-test-server.ts'

export const DOMAIN = 'example.test'
export const HOST = `mta-sts.${DOMAIN}`

export type Certificates = NonNullable<NonNullable<TestOptions['config']>['policyHost']>['certificates']

export interface Hosting {
  server: TestServer
  /** Looks at the policy host, and answers what verify says. */
  verify: () => ReturnType<TestServer['call']>
  /** Does what the customer does. */
  addCnames: () => void
}

/**
 * A server with its certificates from `certificates`, and a domain with hosted MTA-STS whose CNAMEs are not there yet. What is to be
 * closed goes to the end of `closers`.
 */
export async function startHostingWith(
  certificates: Certificates,
  closers: (() => Promise<unknown>)[],
  { policyHostPort = 0, ...options }: Pick<TestOptions, 'now'> & { policyHostPort?: number } = {},
): Promise<Hosting> {
  const dns = await startCustomerDns(DOMAIN)
  closers.push(dns.close)
  const server = await startTestServer({
    ...options,
    config: {
      policyHost: { listen: { port: policyHostPort }, addresses: { ipv4: ['127.0.0.1'] }, certificates },
      verification: { minInterval: 0, recursors: [], policyFile: 'own-host', stubZones: [dns.stubZone] },
    },
  })
  closers.push(server.close)
  const domains = `/v2/accounts/${server.owner.accountId}/domains`
  const policy = { mode: 'testing', mx: 'mx1.example.test', mx_age: 7 }
  const { body } = await server.call('POST', `${domains}.json`, {
    domain: { address: DOMAIN, rua_report: true, ruf_report: false, mta_sts_report: true, mta_sts_policy: policy },
  })
  await server.call('PUT', `${domains}/${body.id}.json`, { domain: { hosted_mta_sts: true } })
  const services = await server.call('GET', `${domains}/${body.id}/hosted_services.json`)
  const verify = () => server.call('POST', `${domains}/${body.id}/verify_hosted_mta_sts.json?record=policy`)
  return { server, verify, addCnames: () => addCnames(dns, services.body.cname_records) }
}
