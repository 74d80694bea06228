import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  type DmarcTags,
  formatDmarc,
  formatMtaStsPolicy,
  formatMtaStsRecord,
  formatTlsRpt,
  parseDmarc,
  parseMtaStsPolicy,
  parseMtaStsRecord,
  parseTlsRpt,
} from '@dmarc-as-code/records'
import { describe, expect, it } from 'vitest'
import { peerTitle } from './support/installing.ts'
import { pythonPeer } from './support/python.ts'

const RELEASE = '6.0.4'
const peer = await pythonPeer({ checkdmarc: RELEASE })

interface Input {
  readonly kind: 'dmarc' | 'policy' | 'mta-sts' | 'tls-rpt'
  readonly text: string
}
type Result =
  | { readonly ok: true; readonly tags: Record<string, unknown> }
  | { readonly ok: false; readonly message: string }

/** Every combination of a value, or none, for each tag. */
function combinations(): DmarcTags[] {
  const values = {
    p: ['none', 'quarantine', 'reject'],
    sp: [undefined, 'none', 'reject'],
    np: [undefined, 'quarantine'],
    adkim: [undefined, 's'],
    aspf: [undefined, 's'],
    t: [undefined, 'y'],
    fo: [undefined, '1:d:s'],
  }
  return Object.entries(values).reduce<Record<string, unknown>[]>(
    (all, [name, each]) =>
      all.flatMap((tags) => each.map((value) => (value === undefined ? tags : { ...tags, [name]: value }))),
    [{}],
  ) as DmarcTags[]
}

/**
 * Texts that people publish, right and wrong; whether they may be used is what both must agree on. A record with neither
 * `p` nor `rua` is left out: checkdmarc takes it for `p=none`, RFC 9989 section 4.10.1 for no record.
 */
const dmarcTexts = [
  'v=DMARC1; p=reject',
  'v=DMARC1;p=none;',
  'v=DMARC1 ; p = quarantine ;',
  'v=DMARC1; P=REJECT; ADKIM=S',
  'v=DMARC1; p=none; pct=50; ri=3600; rf=afrf',
  'v=DMARC1; p=none; x=y',
  'p=none; v=DMARC1',
  'v=spf1 -all',
  'v=DMARC2; p=none',
  '',
]

describe.skipIf(!peer.available)(peerTitle(`checkdmarc ${RELEASE}`, peer), () => {
  const parse = async (inputs: readonly Input[]): Promise<Result[]> => {
    if (!peer.available) throw new Error(peer.why)
    const script = join(import.meta.dirname, 'records', 'parse_records.py')
    const child = spawn(peer.python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.end(JSON.stringify(inputs))
    return JSON.parse(await text(child.stdout))
  }

  it('reads every combination of tags as it was written', async () => {
    const addresses = ['mailto:a@example.com', 'mailto:b+c@example.com']
    // checkdmarc looks addresses up, which takes its time where nobody answers.
    const written: DmarcTags[] = [...combinations(), { p: 'none', rua: addresses }]
    const results = await parse(written.map((tags) => ({ kind: 'dmarc', text: formatDmarc(tags) })))
    for (const [index, tags] of written.entries()) {
      const rua = tags.rua && { rua: tags.rua.map((uri) => ({ address: String(uri).replace('mailto:', '') })) }
      expect(results[index], formatDmarc(tags)).toMatchObject({ ok: true, tags: { v: 'DMARC1', ...tags, ...rua } })
    }
  })

  it('agrees on which texts are DMARC records that receivers use', async () => {
    const results = await parse(dmarcTexts.map((each) => ({ kind: 'dmarc', text: each })))
    const ours = dmarcTexts.map((each) => parseDmarc(each).ok)
    expect(Object.fromEntries(dmarcTexts.map((each, index) => [each, results[index]?.ok]))).toEqual(
      Object.fromEntries(dmarcTexts.map((each, index) => [each, ours[index]])),
    )
  })

  it('agrees on policy files', async () => {
    const policies = [
      formatMtaStsPolicy({ mode: 'enforce', mx: ['mx.example.com', '*.mx.example.com'], max_age: 604_800 }),
      formatMtaStsPolicy({ mode: 'none', mx: [], max_age: 86_400 }),
      'version: STSv1\nmode: testing\nmx: a.example\nmax_age: 86400\n',
      'mode: none\nmax_age: 86400\n',
      'version: STSv1\nmode: enforce\nmax_age: 86400\n',
      'version: STSv1\nmode: enforced\nmx: a.example\nmax_age: 86400\n',
    ]
    const results = await parse(policies.map((each) => ({ kind: 'policy', text: each })))
    expect(results.map(({ ok }) => ok)).toEqual(policies.map((each) => parseMtaStsPolicy(each).ok))
    expect(results[0]).toMatchObject({
      tags: { mode: 'enforce', mx: ['mx.example.com', '*.mx.example.com'], max_age: 604_800 },
    })
  })

  it('agrees on the records of MTA-STS and TLS reporting', async () => {
    const records: Input[] = [
      { kind: 'mta-sts', text: formatMtaStsRecord({ id: '20260302T000000' }) },
      { kind: 'mta-sts', text: 'v=STSv1; id=a-b;' },
      { kind: 'mta-sts', text: `v=STSv1; id=${'a'.repeat(33)};` },
      { kind: 'tls-rpt', text: formatTlsRpt({ rua: ['mailto:tls@example.com', 'https://example.com/tls'] }) },
      { kind: 'tls-rpt', text: 'v=TLSRPTv1' },
      { kind: 'tls-rpt', text: 'v=TLSRPTv1; rua=ftp://example.com' },
    ]
    const results = await parse(records)
    const ours = records.map((each) => (each.kind === 'mta-sts' ? parseMtaStsRecord : parseTlsRpt)(each.text).ok)
    expect(results.map(({ ok }) => ok)).toEqual(ours)
    expect(ours).toEqual([true, false, false, true, false, false])
  })
})
