import { createRequire } from 'node:module'
import { formatDmarc, parseDmarc, parseMtaStsPolicy } from '@dmarc-as-code/records'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'

// Internal files of mailauth, whose public functions ask the DNS as well.
const require = createRequire(import.meta.url)
const mailauth = {
  parseDmarcRecord: require('mailauth/lib/dmarc/get-dmarc-record.js').parseDmarcRecord as (
    text: string,
  ) => object | null,
  parsePolicy: require('mailauth/lib/mta-sts.js').parsePolicy as (text: string) => object,
}

const RECORDS = 1000
/** Records of one sample: short, so that few samples contain a pause of a busy machine. */
const SAMPLE = 100
const ROUNDS = 600
const MOST = 1.2

/** Records as domains publish them: short, with every tag, and with the tags of older guides. */
const records = Array.from({ length: RECORDS }, (_, index) => {
  const kinds = [
    `v=DMARC1; p=none; rua=mailto:d${index}@reports.example`,
    `v=DMARC1; p=reject; sp=quarantine; np=reject; adkim=s; fo=1:d:s; rua=mailto:d${index}.a@reports.example,mailto:agg@example.org; ruf=mailto:d${index}.f@reports.example`,
    `v=DMARC1;p=quarantine;pct=100;rua=mailto:d${index}@reports.example;ruf=mailto:d${index}@reports.example;fo=1`,
    `v=DMARC1; p=reject; sp=reject; adkim=s; aspf=s; rua=mailto:d${index}@reports.example`,
  ]
  return kinds[index % kinds.length] ?? ''
})
/** One oddity each, as they stand in the DNS beside the ordinary ones. */
const odd = Array.from({ length: RECORDS }, (_, index) => {
  const kinds = [
    `v=DMARC1; p=reject; sp=none; np=reject; psd=n; rua=mailto:d${index}@reports.example`,
    `v=DMARC1; p=none; pct=50; rua=mailto:d${index}@reports.example; ruf=mailto:f${index}@reports.example`,
    `v=DMARC1; p=none; foo=bar; rua=mailto:d${index}@reports.example`,
    `v=DMARC1; P=Reject; RUA=mailto:d${index}@reports.example`,
    `v=DMARC1 ;\tp = reject ;  rua = mailto:d${index}@reports.example;;`,
    `v=DMARC1; p=monitor; rua=mailto:d${index}@reports.example`,
    `v=DMARC1; rua=d${index}@reports.example`,
    'v=DMARC1; p=reject',
    `v=DMARC1; p=none; p=reject; rua=mailto:d${index}@reports.example`,
    `v=spf1 include:d${index}.example -all`,
  ]
  return kinds[index % kinds.length] ?? ''
})
/** A week and a day: the second is what large services publish. */
const policies = Array.from(
  { length: RECORDS },
  (_, index) =>
    `version: STSv1\r\nmode: enforce\r\nmx: mx${index}.example.com\r\nmx: *.example.net\r\nmax_age: ${index % 2 ? 86400 : 604800}\r\n`,
)

/** What a plan over 1,000 domains pays for its records, beside the parsers of mailauth over the same texts. */
export default async function bench(): Promise<BenchResult[]> {
  const tags = records.map((text) => parseDmarc(text).tags)
  let sink = 0
  const each = <T>(all: readonly T[], work: (one: T) => number) => {
    let from = 0
    return async () => {
      const sample = all.slice(from, from + SAMPLE)
      from = (from + SAMPLE) % all.length
      const taken = await milliseconds(() => {
        for (const one of sample) sink += work(one)
      })
      return (taken * RECORDS) / SAMPLE
    }
  }
  const samples = await interleave(ROUNDS, {
    'mailauth records': each(records, (text) => Object.keys(mailauth.parseDmarcRecord(text) ?? {}).length),
    records: each(records, (text) => {
      const { ok, tags } = parseDmarc(text)
      return Object.keys(tags).length + Number(ok)
    }),
    'mailauth odd': each(odd, (text) => Object.keys(mailauth.parseDmarcRecord(text) ?? {}).length),
    odd: each(odd, (text) => {
      const { ok, tags } = parseDmarc(text)
      return Object.keys(tags).length + Number(ok)
    }),
    'mailauth policies': each(policies, (text) => Object.keys(mailauth.parsePolicy(text)).length),
    policies: each(policies, (text) => {
      const { ok, tags } = parseMtaStsPolicy(text)
      return Object.keys(tags).length + Number(ok)
    }),
    format: each(tags, (one) => formatDmarc(one).length),
  })
  if (!Number.isFinite(sink) || sink === 0) throw new Error('the records were not read')
  const beside = (name: string, ours: 'records' | 'odd' | 'policies'): BenchResult => {
    const value = median(samples[ours])
    const ratio = value / median(samples[`mailauth ${ours}`])
    const target = `at most ${MOST} times mailauth's parser`
    return { name: `records: ${name}`, value, unit: 'ms', target, ratio, pass: ratio <= MOST }
  }
  const format = median(samples.format)
  return [
    beside('parse 1,000 DMARC records', 'records'),
    beside('parse 1,000 unusual DMARC records', 'odd'),
    beside('parse 1,000 MTA-STS policies', 'policies'),
    {
      name: 'records: format 1,000 DMARC records',
      value: format,
      unit: 'ms',
      target: 'at most 100 ms',
      ratio: null,
      pass: format <= 100,
    },
  ]
}
