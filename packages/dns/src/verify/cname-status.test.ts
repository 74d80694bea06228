import { reasonText } from '@dmarc-as-code/records/reasons'
import { describe, expect, it } from 'vitest'
import { rcode } from '../../test/scripted-dns.ts'
import { dmarcValue, type Fault, lookIn, now, rightRecord, says, silent, targets } from '../../test/world.ts'

const target = targets.dmarc
const aboutRecord =
  (fault: Fault): Fault =>
  (query) =>
    query.name === '_dmarc.example.test' ? fault(query) : undefined

describe('a CNAME that is right', () => {
  it('is verified when every name server gives it', async () => {
    const verdict = await lookIn({ records: [rightRecord] })
    expect(verdict).toEqual({
      kind: 'dmarc',
      name: '_dmarc.example.test',
      status: 'verified',
      message: `The CNAME at _dmarc.example.test points to ${target}.`,
      expected: { type: 'CNAME', name: '_dmarc.example.test', target },
      found: [{ name: '_dmarc.example.test', type: 'CNAME', value: target, ttl: 600 }],
      fix: '',
      asked: [
        { name: 'ns1.example.net', address: '192.0.2.1', vantage: 'authoritative', delegated: true },
        { name: 'ns2.example.net', address: '192.0.2.2', vantage: 'authoritative', delegated: true },
      ],
      vantage: 'authoritative',
      at: now,
      lastVerifiedAt: now,
      zone: 'example.test',
      relativeName: '_dmarc',
    })
  })

  it.each([
    ['upper case', '_dmarc CNAME K3Y.Dmarc.HOSTED.test'],
    ['a final dot', `_dmarc CNAME ${target}.`],
  ])('is verified when its target is written with %s', async (_, record) => {
    expect(await lookIn({ records: [record] })).toMatchObject({ status: 'verified' })
  })

  it('is verified for the policy host, whose target has addresses instead of text', async () => {
    const verdict = await lookIn({ records: [`mta-sts CNAME ${targets.mta_sts_policy}`] }, 'mta_sts_policy')
    expect(verdict).toMatchObject({ status: 'verified', name: 'mta-sts.example.test' })
  })

  it('is verified beneath an empty non-terminal', async () => {
    expect(await lookIn({ records: [`_smtp._tls CNAME ${targets.tls_rpt}`] }, 'tls_rpt')).toMatchObject({
      status: 'verified',
      relativeName: '_smtp._tls',
    })
  })

  it('is verified while resolvers still remember its absence, with the time they forget it', async () => {
    const verdict = await lookIn({ records: [rightRecord], cached: [] })
    expect(verdict).toMatchObject({
      status: 'verified',
      reason: 'cached-negative',
      visibleBy: '2026-05-04T10:05:00.000Z',
    })
    expect(verdict.detail).toContain('198.51.100.1')
  })

  it("is verified while resolvers still show the earlier target, with the time that record's TTL runs out", async () => {
    const verdict = await lookIn({ records: [rightRecord], cached: ['_dmarc CNAME old.example.net'] })
    expect(verdict).toMatchObject({ status: 'verified', reason: 'propagating', visibleBy: '2026-05-04T10:10:00.000Z' })
  })

  it.each([
    ['SERVFAIL', says(rcode.SERVFAIL)],
    ['REFUSED', says(rcode.REFUSED)],
    ['silence', silent],
  ])('stays verified when the resolvers answer with %s: they could not be asked', async (_, fault) => {
    const faults = { recursor1: aboutRecord(fault), recursor2: aboutRecord(fault) }
    const verdict = await lookIn({ records: [rightRecord], faults })
    expect(verdict).toMatchObject({ status: 'verified' })
    expect(verdict.reason).toBeUndefined()
  })

  it('is verified with one name server silent when a resolver confirms it', async () => {
    const verdict = await lookIn({ records: [rightRecord], faults: { ns2: silent } })
    expect(verdict).toMatchObject({ status: 'verified', detail: expect.stringContaining('ns2.example.net') })
  })

  it('is unknown with one name server silent and none to confirm it', async () => {
    const aside = aboutRecord(silent)
    const faults = { ns2: silent, recursor1: aside, recursor2: aside }
    expect(await lookIn({ records: [rightRecord], faults })).toMatchObject({
      reason: 'unknown',
      status: 'awaiting_setup',
    })
  })

  it('is unknown when a server tells the CNAME but fails on the TXT that may stand beside it', async () => {
    const fault: Fault = (query) => (query.type === 'TXT' ? { rcode: rcode.SERVFAIL } : undefined)
    const faults = { ns1: fault, ns2: fault, recursor1: aboutRecord(silent), recursor2: aboutRecord(silent) }
    expect(await lookIn({ records: [rightRecord], faults })).toMatchObject({ reason: 'unknown' })
  })

  it('is broken by DNSSEC when validating resolvers fail and answer with validation off', async () => {
    const bogus: Fault = (query) =>
      query.name === '_dmarc.example.test' && !query.checkingDisabled ? { rcode: rcode.SERVFAIL } : undefined
    const verdict = await lookIn({ records: [rightRecord], faults: { recursor1: bogus, recursor2: bogus } })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'dnssec-broken' })
    expect(verdict.fix).toContain('DS record')
  })
})

describe('a CNAME that is missing', () => {
  it.each([
    ['NXDOMAIN', []],
    ['NODATA', ['below._dmarc TXT x']],
  ])('awaits set-up on %s', async (_, records) => {
    const verdict = await lookIn({ records })
    expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'absent', found: [] })
    expect(verdict.fix).toBe(`Create a CNAME at _dmarc.example.test that points to ${target}.`)
  })

  it('is found where the panel has doubled the name', async () => {
    const verdict = await lookIn({ records: [`_dmarc.example.test CNAME ${target}`] })
    expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'name-doubled' })
    expect(verdict.message).toContain('_dmarc.example.test.example.test')
  })

  it('is found where the panel has doubled both the name and the target', async () => {
    const verdict = await lookIn({ records: [`_dmarc.example.test CNAME ${target}.example.test`] })
    expect(verdict).toMatchObject({ reason: 'name-doubled' })
  })

  it('differs from a doubled name that leads elsewhere', async () => {
    const verdict = await lookIn({ records: ['_dmarc.example.test CNAME other.example.net'] })
    expect(verdict).toMatchObject({ reason: 'absent' })
  })

  it.each([
    ['a CNAME to our very target', `* CNAME ${target}`],
    ['a CNAME elsewhere', '* CNAME web.example.net'],
    ['a TXT', '* TXT v=spf1 -all'],
    ['an address', '* A 203.0.113.5'],
  ])('is not replaced by a wildcard with %s', async (_, record) => {
    const verdict = await lookIn({ records: [record] })
    expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'wildcard' })
  })

  it('is not set up while one server has the record and another has only the wildcard', async () => {
    for (const [records, secondRecords, behind] of [
      [[rightRecord], [`* CNAME ${targets.dmarc}`], 'ns2.example.net'],
      [[`* CNAME ${targets.dmarc}`], [rightRecord], 'ns1.example.net'],
    ] as const) {
      const verdict = await lookIn({ records: [...records], secondRecords: [...secondRecords] })
      expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'wildcard' })
      expect(verdict.detail).toMatch(`So it is on ${behind} (`)
    }
  })

  it('is not taken for a wildcard when a record of its own says something else', async () => {
    const verdict = await lookIn({ records: ['* TXT v=spf1 -all', '_dmarc TXT v=DMARC1; p=none'] })
    expect(verdict).toMatchObject({ reason: 'txt-in-place' })
  })

  it('is held by a service that the parent zone does not delegate to, when the caller knows which', async () => {
    const verdict = await lookIn({}, 'dmarc', ['ns-1.awsdns-1.com', 'ns-2.awsdns-2.net'])
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'zone-not-delegated' })
    expect(verdict.message).toContain('ns-1.awsdns-1.com')
    expect(verdict.fix).toContain('ns1.example.net')
  })

  it('is held by a server of the zone that the parent does not delegate to', async () => {
    const verdict = await lookIn({
      records: [],
      secondRecords: [rightRecord],
      ns: ['ns9.example.net'],
      delegation: ['ns1.example.net'],
    })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'zone-not-delegated' })
  })
})

describe('a CNAME that is wrong', () => {
  it('names the wrong target', async () => {
    const verdict = await lookIn({ records: ['_dmarc CNAME old.example.net'] })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'wrong-target' })
    expect(verdict.message).toBe(`Found CNAME old.example.net at _dmarc.example.test, expected a CNAME to ${target}.`)
  })

  it.each([`${target}.example.test`, `${target}.test`])('names a doubled target: %s', async (alias) => {
    const verdict = await lookIn({ records: [`_dmarc CNAME ${alias}`] })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'target-doubled' })
  })

  it('names the earlier provider', async () => {
    const verdict = await lookIn({ records: ['_dmarc CNAME x1._d.easydmarc.pro'] })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'old-provider' })
    expect(verdict.message).toContain('EasyDMARC')
  })

  it('says so when it is a loop', async () => {
    const verdict = await lookIn({ records: ['_dmarc CNAME a.example.test', 'a CNAME _dmarc.example.test'] })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'wrong-target' })
    expect(verdict.detail).toContain('loop')
  })

  it('says so when its chain is too long', async () => {
    const records = Array.from({ length: 12 }, (_, i) => `h${i} CNAME h${i + 1}.example.test`)
    const verdict = await lookIn({ records: ['_dmarc CNAME h0.example.test', ...records] })
    expect(verdict).toMatchObject({ reason: 'wrong-target', detail: expect.stringContaining('longer than 8') })
  })

  it('is not right for reaching the target by a detour', async () => {
    const verdict = await lookIn({ records: ['_dmarc CNAME a.example.test', `a CNAME ${target}`] })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'wrong-target' })
    expect(verdict.detail).toContain('directly')
  })

  it('is not right when its target has a byte too many, nor can that be followed', async () => {
    const fault: Fault = ({ name, type }) => {
      if (name !== '_dmarc.example.test' || type !== 'CNAME') return undefined
      return { answers: [{ name, type: 'CNAME', ttl: 1, data: `${target}\u0000` }] }
    }
    const verdict = await lookIn({ records: ['_dmarc CNAME x.test'], faults: { ns1: fault, ns2: fault } })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'wrong-target' })
  })

  it('is a conflict beside a TXT', async () => {
    const verdict = await lookIn({ records: [rightRecord, '_dmarc TXT v=DMARC1; p=none'], faults: serveBoth() })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'conflict' })
    expect(verdict.found.map((record) => record.type).sort()).toEqual(['CNAME', 'TXT'])
  })

  it('is a conflict beside a second CNAME', async () => {
    const fault: Fault = ({ name, type }) =>
      name === '_dmarc.example.test' && type === 'CNAME'
        ? {
            answers: [
              { name, type, ttl: 1, data: target },
              { name, type, ttl: 1, data: 'old.example.net' },
            ],
          }
        : undefined
    const verdict = await lookIn({ records: [rightRecord], faults: { ns1: fault, ns2: fault } })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'conflict' })
  })

  it("is not in conflict with the target's own TXT that comes in the same answer", async () => {
    const fault: Fault = ({ name, type }) =>
      name === '_dmarc.example.test' && type === 'TXT'
        ? {
            answers: [
              { name, type: 'CNAME', ttl: 1, data: target },
              { name: target, type: 'TXT', ttl: 1, data: ['v=DMARC1; p=none'] },
            ],
          }
        : undefined
    const verdict = await lookIn({ records: [rightRecord], faults: { ns1: fault, ns2: fault } })
    expect(verdict).toMatchObject({ status: 'verified' })
  })

  it('has an old TXT in its place', async () => {
    const verdict = await lookIn({ records: ['_dmarc TXT v=DMARC1; p=none'] })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'txt-in-place' })
    expect(verdict.found).toMatchObject([{ type: 'TXT', value: 'v=DMARC1; p=none' }])
  })

  it.each(['v=DMARC1; p=reject; rua=mailto:in@hosted.test', 'v=DMARC1;p=reject;rua=mailto:in@hosted.test;'])(
    'has the hosted value pasted in its place: %s',
    async (value) => {
      const verdict = await lookIn({ records: [`_dmarc TXT ${value}`] })
      expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'value-pasted' })
    },
  )

  const cloudflare = { ns: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'] }

  it('is flattened where the service does that and the value is exactly the present one', async () => {
    const verdict = await lookIn({
      ...cloudflare,
      records: ['_dmarc TXT v=DMARC1; p=reject; rua=mailto:in@hosted.test'],
    })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'flattened' })
  })

  it("is flattened to the policy host's address", async () => {
    const verdict = await lookIn({ ...cloudflare, records: ['mta-sts A 203.0.113.9'] }, 'mta_sts_policy')
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'flattened' })
  })

  it.each(['104.16.3.4', '2606:4700::1'])('is proxied when %s answers for it', async (address) => {
    const type = address.includes(':') ? 'AAAA' : 'A'
    const verdict = await lookIn({ ...cloudflare, records: [`mta-sts ${type} ${address}`] }, 'mta_sts_policy')
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'proxied' })
    expect(verdict.fix).toContain('DNS only')
  })

  it('has addresses of somebody else in its place', async () => {
    const verdict = await lookIn({ records: ['mta-sts A 203.0.113.77'] }, 'mta_sts_policy')
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'wrong-target' })
  })

  it('cannot be where the name is a zone of its own', async () => {
    const apex = { '_dmarc.example.test': ['@ NS ns1.example.net', '@ TXT v=DMARC1; p=none'] }
    const verdict = await lookIn({ zones: apex, faults: serveChild() })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'conflict' })
    expect(verdict.message).toContain('zone of its own')
  })

  function serveChild(): { ns1: Fault; ns2: Fault } {
    const fault: Fault = ({ name }) => (name === '_dmarc.example.test' ? { answers: [] } : undefined)
    return { ns1: fault, ns2: fault }
  }

  function serveBoth(): { ns1: Fault; ns2: Fault } {
    const fault: Fault = ({ name, type }) =>
      name === '_dmarc.example.test' && type === 'TXT'
        ? { answers: [{ name, type: 'TXT', ttl: 60, data: ['v=DMARC1; p=none'] }] }
        : undefined
    return { ns1: fault, ns2: fault }
  }
})

describe('name servers that disagree', () => {
  it('keep it from being verified, and the verdict names which is behind', async () => {
    const verdict = await lookIn({ records: [rightRecord], secondRecords: [] })
    expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'disagreeing' })
    expect(verdict.message).toContain('ns2.example.net (192.0.2.2)')
    expect(verdict.message).not.toContain('ns1.example.net')
  })

  it('leave the mistake as it is when none has the right record', async () => {
    const verdict = await lookIn({ records: ['_dmarc CNAME old.example.net'], secondRecords: [] })
    expect(verdict).toMatchObject({ status: 'misconfigured', reason: 'wrong-target' })
    expect(verdict.detail).toContain('disagree')
  })
})

describe('name servers that cannot be asked', () => {
  const failures: [string, Fault][] = [
    ['silence', silent],
    ['REFUSED', says(rcode.REFUSED)],
    ['NOTAUTH', says(rcode.NOTAUTH)],
    ['SERVFAIL', says(rcode.SERVFAIL)],
    ['FORMERR', says(rcode.FORMERR)],
    ['NOTIMP', says(rcode.NOTIMP)],
    ['a referral upwards', () => ({ aa: false, authorities: [{ name: '', type: 'NS', ttl: 1, data: 'root.test' }] })],
    [
      'an answer without authority',
      ({ name }) => ({ aa: false, answers: [{ name, type: 'CNAME', ttl: 1, data: target }] }),
    ],
    ['NXDOMAIN without authority', () => ({ aa: false, rcode: rcode.NXDOMAIN })],
    [
      'NXDOMAIN in the name of another zone',
      () => ({
        rcode: rcode.NXDOMAIN,
        authorities: [{ name: 'parked.test', type: 'SOA', ttl: 1, data: { mname: 'a', rname: 'b', minimum: 1 } }],
      }),
    ],
    ['garbage', () => Buffer.from('garbage')],
    ['another id', ({ name }) => ({ idOffset: 1, answers: [{ name, type: 'CNAME', ttl: 1, data: target }] })],
  ]

  it.each(failures)('say nothing with %s, when the resolvers cannot be asked either', async (_, fault) => {
    const faults = { ns1: fault, ns2: fault, recursor1: aboutRecord(silent), recursor2: aboutRecord(silent) }
    const verdict = await lookIn({ records: [rightRecord], faults })
    expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'unknown', vantage: 'none' })
    expect(verdict.detail).toContain('ns1.example.net')
  })

  it.each(failures)('leave the word to the resolvers with %s, and the verdict says so', async (_, fault) => {
    const verdict = await lookIn({ records: [rightRecord], faults: { ns1: fault, ns2: fault } })
    expect(verdict).toMatchObject({ status: 'verified', vantage: 'recursive' })
    expect(verdict.detail).toContain('gave no usable answer')
    expect(verdict.lastVerifiedAt).toBeUndefined()
  })

  it('leave a verdict of one resolver alone unknown', async () => {
    const faults = { ns1: silent, ns2: silent, recursor2: aboutRecord(silent) }
    expect(await lookIn({ records: [rightRecord], faults })).toMatchObject({ reason: 'unknown', vantage: 'recursive' })
  })

  it('make it unknown when no server at all answers', async () => {
    const faults = { ns1: silent, ns2: silent, recursor1: silent, recursor2: silent }
    const verdict = await lookIn({ records: [rightRecord], faults })
    expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'unknown', vantage: 'none', asked: [] })
    expect(verdict.detail).toContain('zone of _dmarc.example.test could not be found')
  })
})

describe('what a verdict says', () => {
  const name = '_dmarc.example.test'
  it.each([
    ['absent', [], undefined],
    ['wrong-target', ['_dmarc CNAME old.example.net'], 'CNAME old.example.net'],
    ['target-doubled', [`_dmarc CNAME ${target}.example.test`], `${target}.example.test`],
    ['txt-in-place', ['_dmarc TXT v=DMARC1; p=none'], '"v=DMARC1; p=none"'],
    ['value-pasted', [`_dmarc TXT ${dmarcValue}`], `"${dmarcValue}"`],
    ['wildcard', [`* CNAME ${target}`], undefined],
  ] as const)('is in the words of the catalogue for %s, with what was found', async (reason, records, found) => {
    const verdict = await lookIn({ records: [...records] })
    const { explanation, fix } = reasonText('cname', reason, {
      ...{ name, target, found, zone: 'example.test', host: '_dmarc' },
    })
    expect(verdict).toMatchObject({ reason, message: explanation, fix })
  })
})
