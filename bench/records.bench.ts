import { formatDmarc, parseDmarc } from '@dmarc-as-code/records'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'

const RECORDS = 1000
const ROUNDS = 15

/** What a plan over 1,000 domains pays for its records, beside the least any reader has to do: cut the text at its marks. */
export default async function records(): Promise<BenchResult[]> {
  const texts = Array.from(
    { length: RECORDS },
    (_, index) =>
      `v=DMARC1; p=reject; sp=quarantine; np=reject; adkim=s; fo=1:d:s; rua=mailto:d${index}.a@reports.example,mailto:agg@example.org; ruf=mailto:d${index}.f@reports.example`,
  )
  const tags = texts.map((text) => parseDmarc(text).tags)
  let sink = 0
  const samples = await interleave(ROUNDS, {
    floor: () =>
      milliseconds(() => {
        for (const text of texts) sink += text.split(';').map((part) => part.split('=')).length
      }),
    parse: () =>
      milliseconds(() => {
        for (const text of texts) sink += parseDmarc(text).errors.length
      }),
    format: () =>
      milliseconds(() => {
        for (const each of tags) sink += formatDmarc(each).length
      }),
  })
  if (!Number.isFinite(sink)) throw new Error('the records were not read')
  const floor = median(samples.floor)
  return (['parse', 'format'] as const).map((name) => {
    const value = median(samples[name])
    return {
      name: `records: ${name} 1,000 DMARC records`,
      value,
      unit: 'ms',
      target: 'at most 100 ms',
      ratio: value / floor,
      pass: value <= 100,
    }
  })
}
