import { mtaStsPolicyId } from '@dmarc-as-code/records'
import { describe, expect, it } from 'vitest'
import { hostedRecords, type PublishedHosting } from './hosted-records.ts'
import { policyText } from './mta-sts-policy.ts'
import { type HostedZone, sharedRecords } from './zone-records.ts'

const zone: HostedZone = {
  zone: 'hosting.example',
  ttl: 300,
  reportHost: 'reports.hosting.example',
  reportExchanges: ['mx1.example.net', 'mx2.example.net'],
  policyHostAddresses: { ipv4: ['192.0.2.1'], ipv6: ['2001:db8::1'] },
  certificateAuthorities: ['letsencrypt.org'],
}
const policy = policyText({ mode: 'testing', mx: 'mx.example.net', mx_age: 7 })
const all: PublishedHosting = {
  key: 'k',
  dmarc_record: 'v=DMARC1; p=none',
  tls_rpt_record: 'v=TLSRPTv1; rua=mailto:a@b.example',
  live_policy: policy,
}

describe('the hosted records', () => {
  it('consist of four names for a fully hosted domain', () => {
    const id = mtaStsPolicyId(policy)
    expect(hostedRecords(all, zone)).toEqual([
      ['k.dmarc.hosting.example', [{ type: 'TXT', ttl: 300, data: ['v=DMARC1; p=none'] }]],
      [
        'k.mta-sts.hosting.example',
        [
          { type: 'A', ttl: 300, data: ['192.0.2.1'] },
          { type: 'AAAA', ttl: 300, data: ['2001:db8::1'] },
          { type: 'CAA', ttl: 300, data: [{ tag: 'issue', value: 'letsencrypt.org' }] },
        ],
      ],
      ['k.sts-id.hosting.example', [{ type: 'TXT', ttl: 300, data: [expect.stringContaining(`id=${id}`)] }]],
      ['k.tls-rpt.hosting.example', [{ type: 'TXT', ttl: 300, data: ['v=TLSRPTv1; rua=mailto:a@b.example'] }]],
    ])
  })

  it('are empty for services that are not hosted', () => {
    const nothing = hostedRecords({ key: 'k', dmarc_record: null, tls_rpt_record: null, live_policy: null }, zone)
    expect(nothing.map(([, rrsets]) => rrsets)).toEqual([[], [], [], []])
  })

  it('change the id exactly when the policy text changes', () => {
    const idOf = (text: string) => JSON.stringify(hostedRecords({ ...all, live_policy: text }, zone)[2])
    expect(idOf(policy)).toBe(idOf(`${policy}`))
    expect(idOf(policy)).not.toBe(idOf(policy.replace('testing', 'enforce')))
  })

  it('authorise every domain to send reports to the report host by a single wildcard (RFC 9990 section 4)', () => {
    expect(sharedRecords(zone)).toEqual([
      ['*._report._dmarc.reports.hosting.example', [{ type: 'TXT', ttl: 300, data: ['v=DMARC1;'] }]],
      [
        'reports.hosting.example',
        [
          {
            type: 'MX',
            ttl: 300,
            data: [
              { preference: 10, exchange: 'mx1.example.net' },
              { preference: 20, exchange: 'mx2.example.net' },
            ],
          },
        ],
      ],
    ])
    expect(sharedRecords({ ...zone, reportHost: 'reports.example.org' })).toEqual([])
  })
})
