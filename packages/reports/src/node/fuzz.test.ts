import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mailWith } from '../../test/mails.ts'
import { aggregateXml, now, recordXml } from '../../test/samples.ts'
import { zip } from '../../test/zip.ts'
import { readReports } from './read-reports.ts'

const xml = Buffer.from(aggregateXml({ records: recordXml().repeat(3) }))
const seeds: Uint8Array[] = [xml, gzipSync(xml), zip([{ name: 'a.xml', content: xml }]), mailWith(gzipSync(xml))]

/** A seed with bytes changed, cut out and put in. */
const mutated = fc
  .record({
    seed: fc.constantFrom(...seeds),
    edits: fc.array(fc.record({ at: fc.nat(), remove: fc.nat(20), insert: fc.uint8Array({ maxLength: 12 }) }), {
      maxLength: 6,
    }),
  })
  .map(({ seed, edits }) => {
    let bytes = Buffer.from(seed)
    for (const { at, remove, insert } of edits) {
      const place = at % (bytes.length + 1)
      bytes = Buffer.concat([bytes.subarray(0, place), insert, bytes.subarray(place + remove)])
    }
    return bytes
  })

const pieces = [
  '<feedback>',
  '</feedback>',
  '<record>',
  '</record>',
  '<row>',
  '<count>',
  '1',
  '</count>',
  '&',
  '<',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x ?>',
  '&#1;',
  'a="',
  '\u0000',
  '>',
  '/>',
]
const tagSoup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => Buffer.from(parts.join('')))

describe('whatever the input', () => {
  it('reading answers with reports or problems and hands on as many records as it counts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, tagSoup, fc.uint8Array({ maxLength: 400 })), async (input) => {
        const handedOn = new Map<number, number>()
        const found = await readReports(input, {
          clock: () => now,
          onRecords: (records, report) => {
            handedOn.set(report, (handedOn.get(report) ?? 0) + records.length)
          },
        })
        expect(found.length).toBeGreaterThan(0)
        for (const [index, { outcome }] of found.entries()) {
          if (!outcome.ok || outcome.report.kind !== 'aggregate') continue
          expect(handedOn.get(index) ?? 0).toBe(outcome.report.records)
          expect(outcome.report.metadata.dateRange.end).toBeGreaterThanOrEqual(outcome.report.metadata.dateRange.begin)
        }
      }),
      { numRuns: 1500 },
    )
  })
})
