import { describe, expect, it } from 'vitest'
import { rcode } from '../../test/scripted-dns.ts'
import { dmarcValue, now, rightRecord, silent, targets, type WorldOptions, world } from '../../test/world.ts'
import { createResolver } from '../observe/resolver.ts'
import type { PolicyAnswer, PolicyFetcher } from './policy-fetch.ts'
import { type VerifyDomainInput, verifyDomain } from './verify-domain.ts'

const text = 'version: STSv1\nmode: testing\nmx: mx.example.test\nmax_age: 86400\n'
const records = [
  rightRecord,
  `mta-sts CNAME ${targets.mta_sts_policy}`,
  `_mta-sts CNAME ${targets.mta_sts_id}`,
  `_smtp._tls CNAME ${targets.tls_rpt}`,
]
/** The hosted zone's further records are given as answers of its server. */
const hostedTxt = (id: string): NonNullable<WorldOptions['faults']> => ({
  host: ({ name, type }) => {
    const values: Record<string, string> = {
      [targets.mta_sts_id]: `v=STSv1; id=${id}`,
      [targets.tls_rpt]: 'v=TLSRPTv1; rua=mailto:t@hosted.test',
    }
    const value = values[name]
    return value && type === 'TXT' ? { answers: [{ name, type: 'TXT', ttl: 60, data: [value] }] } : undefined
  },
})
const expected: VerifyDomainInput['expected'] = {
  dmarc: { target: targets.dmarc, txt: dmarcValue },
  mta_sts_policy: { target: targets.mta_sts_policy },
  mta_sts_id: { target: targets.mta_sts_id, txt: 'v=STSv1; id=1' },
  tls_rpt: { target: targets.tls_rpt, txt: 'v=TLSRPTv1; rua=mailto:t@hosted.test' },
}
const fetched: string[][] = []
const http = (answer: Partial<PolicyAnswer>): PolicyFetcher => ({
  async fetch(host, addresses) {
    fetched.push([host, ...addresses])
    return {
      ok: true,
      address: '203.0.113.9',
      status: 200,
      contentType: 'text/plain',
      body: text,
      ...answer,
    } as PolicyAnswer
  },
})
const verify = (options: WorldOptions, over: Partial<VerifyDomainInput> = {}) =>
  verifyDomain({
    domain: 'Example.test',
    expected,
    policy: { text, id: '1', issuers: ['letsencrypt.org'] },
    resolver: world(options).resolver,
    http: http({}),
    clock: () => new Date(now),
    ...over,
  })

describe('verifyDomain', () => {
  it('is ready when every CNAME, TXT and the policy file are right', async () => {
    const verdict = await verify({ records, faults: hostedTxt('1') })
    expect(verdict).toMatchObject({
      domain: 'example.test',
      overall: 'ready',
      at: now,
      records: {
        dmarc: { cname: { status: 'verified' }, txt: { status: 'published' } },
        mta_sts_policy: { cname: { status: 'verified' } },
        mta_sts_id: { cname: { status: 'verified' }, txt: { status: 'published' } },
        tls_rpt: { cname: { status: 'verified' }, txt: { status: 'published' } },
      },
      policyFile: { status: 'active' },
    })
    expect(fetched.at(-1)).toEqual(['mta-sts.example.test', '203.0.113.9'])
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
  })

  it('does not fetch the policy file before its CNAME is verified', async () => {
    const before = fetched.length
    const verdict = await verify({ records: [rightRecord], faults: hostedTxt('1') })
    expect(verdict).toMatchObject({
      overall: 'action_required',
      policyFile: { status: 'pending', reason: 'cname-not-verified' },
    })
    expect(fetched).toHaveLength(before)
  })

  it('is pending while a hosted TXT is the old one', async () => {
    const verdict = await verify({ records, faults: hostedTxt('0') })
    expect(verdict).toMatchObject({
      overall: 'pending',
      records: { mta_sts_id: { txt: { status: 'queued', reason: 'stale' } } },
      policyFile: { status: 'unreachable', reason: 'id-mismatch' },
    })
  })

  it('is pending when the policy file cannot be reached, because only the host can fix that', async () => {
    const down = http({ ok: false, reason: 'connect', message: 'm' })
    expect(await verify({ records, faults: hostedTxt('1') }, { http: down })).toMatchObject({
      overall: 'pending',
      policyFile: { status: 'unreachable', reason: 'connect' },
    })
  })

  it.each([
    ['at the domain', ['@ CAA issue other-ca.test'], 'caa-blocks'],
    [
      'at the domain, where another authority is allowed beside ours',
      ['@ CAA issue other-ca.test', '@ CAA issue letsencrypt.org; x=1'],
      'tls-untrusted',
    ],
    ['that is not about issuing', ['@ CAA iodef mailto:x@example.test'], 'tls-untrusted'],
  ])('asks the owner to act when CAA forbids the certificate: %s', async (_, caa, reason) => {
    const down = http({ ok: false, reason: 'tls-untrusted', message: 'm' })
    const verdict = await verify({ records: [...records, ...caa], faults: hostedTxt('1') }, { http: down })
    expect(verdict.policyFile).toMatchObject({ status: 'unreachable', reason })
    expect(verdict.overall).toBe(reason === 'caa-blocks' ? 'action_required' : 'pending')
  })

  it('finds the CAA records that forbid the certificate after a policy host that answers too late', async () => {
    const { client } = world({ records: [...records, '@ CAA issue other-ca.test'], faults: hostedTxt('1') })
    const stubZones = [
      { zone: 'example.test', servers: [{ address: '192.0.2.1' }] },
      { zone: 'hosted.test', servers: [{ address: '192.0.2.60' }] },
    ]
    const slow: PolicyFetcher = {
      fetch: (_host, _addresses, { signal } = {}) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    }
    const resolver = createResolver({ client, stubZones, recursors: [] })
    const verdict = await verify({}, { resolver, http: slow, timeout: 1000 })
    expect(verdict.records.dmarc?.cname.status).toBe('verified')
    expect(verdict).toMatchObject({
      overall: 'action_required',
      policyFile: { status: 'unreachable', reason: 'caa-blocks' },
    })
  })

  it('judges what else it knows where a zone cannot be found', async () => {
    const { client } = world({
      records,
      faults: { ...hostedTxt('1'), ns1: ({ type }) => (type === 'CAA' ? { rcode: rcode.REFUSED } : undefined) },
    })
    const stubZones = [
      { zone: 'example.test', servers: [{ address: '192.0.2.1' }] },
      { zone: 'hosted.test', servers: [{ address: '192.0.2.60' }] },
    ]
    const resolver = createResolver({ client, stubZones, recursors: [] })
    const down = http({ ok: false, reason: 'tls-name', message: 'm' })
    expect(await verify({}, { resolver, http: down })).toMatchObject({
      overall: 'pending',
      policyFile: { status: 'unreachable', reason: 'tls-name' },
    })
  })

  it('looks at a part only, and computes the whole over that part', async () => {
    const verdict = await verify({ records: [rightRecord] }, { only: ['dmarc'] })
    expect(Object.keys(verdict.records)).toEqual(['dmarc'])
    expect(verdict).toMatchObject({ overall: 'ready' })
    expect(verdict.policyFile).toBeUndefined()
  })

  it('keeps what it knew when nothing can be asked', async () => {
    const faults = { ns1: silent, ns2: silent, recursor1: silent, recursor2: silent, host: silent }
    const before = (await verify({ records, faults: hostedTxt('1') })).records
    const previous = { dmarc: before.dmarc?.cname, tls_rpt: before.tls_rpt?.cname } as VerifyDomainInput['previous']
    const verdict = await verify({ records, faults }, { previous: previous ?? {} })
    expect(verdict.records.dmarc?.cname).toMatchObject({ status: 'verified', reason: 'unknown', lastVerifiedAt: now })
    expect(verdict.records.mta_sts_id?.cname).toMatchObject({ status: 'awaiting_setup', reason: 'unknown' })
    expect(verdict.records.dmarc?.txt).toMatchObject({ status: 'queued', reason: 'unknown' })
  })

  it('keeps a hosted TXT published when its servers cannot be asked, unless it should hold something else now', async () => {
    const before = (await verify({ records, faults: hostedTxt('1') })).records
    const txt = before.dmarc?.txt
    const previousTxts: NonNullable<VerifyDomainInput['previousTxts']> = txt ? { dmarc: txt } : {}
    const only = ['dmarc'] as const
    const kept = await verify({ records, faults: { host: silent } }, { previousTxts, only })
    expect(kept.records.dmarc?.txt).toMatchObject({ status: 'published', reason: 'unknown' })
    expect(kept.overall).toBe('ready')
    const changed = { dmarc: { target: targets.dmarc, txt: 'v=DMARC1; p=none' } }
    const anew = await verify({ records, faults: { host: silent } }, { previousTxts, only, expected: changed })
    expect(anew.records.dmarc?.txt).toMatchObject({ status: 'queued', reason: 'unknown' })
  })

  it('keeps the policy file active when no server gives the address of its host, and not when there is none', async () => {
    const noAddress = http({ ok: false, reason: 'dns', message: 'm' })
    const look = (code: number, before: 'active' | 'pending' = 'active') => {
      const fault = ({ name }: { name: string }) => (name === targets.mta_sts_policy ? { rcode: code } : undefined)
      const faults = { ...hostedTxt('1'), recursor1: fault, recursor2: fault }
      return verify({ records, faults }, { http: noAddress, previousPolicyFile: { status: before } })
    }
    expect(await look(rcode.SERVFAIL)).toMatchObject({
      overall: 'ready',
      policyFile: { status: 'active', reason: 'unknown' },
    })
    expect((await look(rcode.SERVFAIL, 'pending')).policyFile).toMatchObject({ status: 'pending', reason: 'unknown' })
    expect((await look(rcode.NXDOMAIN, 'pending')).policyFile).toMatchObject({ status: 'unreachable', reason: 'dns' })
    expect((await look(rcode.NXDOMAIN)).policyFile).toMatchObject({
      status: 'active',
      contrary: { status: 'unreachable', reason: 'dns' },
    })
  })

  it('finds one failing record beside good ones, each for itself', async () => {
    const fault = ({ name }: { name: string }) => (name.startsWith('_smtp') ? { rcode: rcode.SERVFAIL } : undefined)
    const faults = { ...hostedTxt('1'), ns1: fault, ns2: fault, recursor1: fault, recursor2: fault }
    const { records: seen } = await verify({ records, faults })
    expect(seen.dmarc?.cname.status).toBe('verified')
    expect(seen.tls_rpt?.cname.reason).toBe('unknown')
  })

  it("fails with the caller's reason when aborted", async () => {
    const stop = new AbortController()
    const asking = verify({ records }, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(asking).rejects.toThrow('enough')
  })
})
