import { expect, it } from 'vitest'
import { zoneNameUse } from './zone-areas.ts'
import type { HostedZone } from './zone-records.ts'

const zone: HostedZone = {
  zone: 'hosting.test',
  ttl: 300,
  reportHost: 'reports.hosting.test',
  reportExchanges: ['mx.hosting.test'],
  policyHostAddresses: { ipv4: [], ipv6: [] },
  certificateAuthorities: [],
}

it.each([
  ['abc234.dmarc.hosting.test', { use: 'hosting', key: 'abc234' }],
  ['abc234.sts-id.hosting.test', { use: 'hosting', key: 'abc234' }],
  ['*._report._dmarc.reports.hosting.test', { use: 'shared' }],
  ['reports.hosting.test', { use: 'shared' }],
  ['example.com._report._dmarc.reports.hosting.test', { use: 'forged' }],
  ['*.dmarc.hosting.test', { use: 'forged' }],
  ['dmarc.hosting.test', { use: 'forged' }],
  ['x.abc234.tls-rpt.hosting.test', { use: 'forged' }],
  ['_dmarc.mta-sts.hosting.test', { use: 'forged' }],
  ['*.hosting.test', { use: 'forged' }],
  ['ns1.hosting.test', { use: 'foreign' }],
  ['*.www.hosting.test', { use: 'foreign' }],
  ['hosting.test', { use: 'foreign' }],
  ['dmarc.other.test', { use: 'foreign' }],
])('the name %s of the hosted zone is %o', (name, use) => {
  expect(zoneNameUse(name, zone)).toEqual(use)
})
