import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../test-support/bind.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { createDnsClient, createResolver, discoverZone } from '../src/resolver.ts'
import { verifyDomain } from '../src/verifier.ts'

const target = (kind: string) => `k3y.${kind}.hosted.test`
const dmarc = 'v=DMARC1; p=reject; rua=mailto:a@hosted.test'

describe.skipIf(!hasPrograms('named'))('BIND: verifying a domain whose CNAMEs and hosted records it serves', () => {
  let bind: DnsDaemon
  const resolver = () =>
    createResolver({
      client: createDnsClient(),
      stubZones: [{ zone: '.', servers: [{ address: bind.address, port: bind.port }] }],
      recursors: [],
    })

  beforeAll(async () => {
    bind = await startBind({
      zones: [
        {
          name: 'example.test',
          records: [
            `_dmarc IN CNAME ${target('dmarc')}.`,
            `mta-sts IN CNAME ${target('mta-sts')}.example.test.`,
            '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:old@example.net"',
            `_dmarc.doubled.example.test IN CNAME ${target('dmarc')}.`,
            'child IN NS ns1.child',
            'ns1.child IN A 127.0.0.1',
          ],
        },
        { name: 'hosted.test', records: [`k3y.dmarc IN TXT "${dmarc}"`] },
        { name: 'wild.test', records: [`* IN CNAME ${target('dmarc')}.`] },
      ],
    })
  })
  afterAll(() => bind?.close())

  it('shows what is right, what is missing and what is wrong', async () => {
    const verdict = await verifyDomain({
      domain: 'example.test',
      expected: {
        dmarc: { target: target('dmarc'), txt: dmarc },
        mta_sts_policy: { target: target('mta-sts') },
        mta_sts_id: { target: target('sts-id'), txt: 'v=STSv1; id=1' },
        tls_rpt: { target: target('tls-rpt'), txt: 'v=TLSRPTv1; rua=mailto:a@hosted.test' },
      },
      resolver: resolver(),
    })
    const { dmarc: d, mta_sts_policy: p, mta_sts_id: i, tls_rpt: t } = verdict.records
    expect(d?.cname).toMatchObject({ status: 'verified', vantage: 'authoritative', zone: 'example.test' })
    expect(d?.txt).toMatchObject({ status: 'published', found: [dmarc] })
    expect(p?.cname).toMatchObject({ status: 'misconfigured', reason: 'target-doubled' })
    expect(i?.cname).toMatchObject({ status: 'awaiting_setup', reason: 'absent', relativeName: '_mta-sts' })
    expect(i?.txt).toMatchObject({ status: 'queued', reason: 'not-published' })
    expect(t?.cname).toMatchObject({ status: 'misconfigured', reason: 'txt-in-place' })
    expect(verdict.policyFile).toMatchObject({ status: 'pending' })
    expect(verdict.overall).toBe('action_required')
  })

  it('finds the zone although the name is an alias into another zone', async () => {
    const found = await discoverZone({ name: '_dmarc.example.test', resolver: resolver() })
    expect(found).toMatchObject({
      zone: 'example.test',
      relativeName: '_dmarc',
      nsNames: ['ns1.example.test'],
      negativeTtl: 30,
    })
  })

  it('does not take a wildcard for a set-up', async () => {
    const verdict = await verifyDomain({
      domain: 'wild.test',
      expected: { dmarc: { target: target('dmarc'), txt: dmarc } },
      resolver: resolver(),
    })
    expect(verdict.records.dmarc?.cname).toMatchObject({ status: 'awaiting_setup', reason: 'wildcard' })
  })

  it('names a name that the panel has doubled', async () => {
    const verdict = await verifyDomain({
      domain: 'doubled.example.test',
      expected: { dmarc: { target: target('dmarc'), txt: dmarc } },
      resolver: resolver(),
    })
    expect(verdict.records.dmarc?.cname).toMatchObject({ status: 'awaiting_setup', reason: 'name-doubled' })
  })
})
