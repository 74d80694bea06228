import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { now, record, reportInput } from '../../test/samples.ts'
import { readAggregate } from './read.ts'
import type { AggregateRecord } from './types.ts'
import { type AggregateReportInput, writeAggregate } from './write.ts'

function roundTrip(report: AggregateReportInput, records: readonly AggregateRecord[]) {
  const read: AggregateRecord[] = []
  const xml = [...writeAggregate(report, records)].join('')
  const outcome = readAggregate(xml, { now, onRecord: (one) => read.push(one) })
  return { outcome, read, xml }
}

describe('an aggregate report that was written', () => {
  it('is read again as it was, without a warning', () => {
    const { outcome, read } = roundTrip(reportInput, [record])
    expect(outcome).toMatchObject({ ok: true, warnings: [], report: reportInput })
    expect(read).toEqual([record])
  })

  it('is read again as it was with every optional part', () => {
    const report: AggregateReportInput = {
      metadata: {
        ...reportInput.metadata,
        extraContactInfo: { text: 'https://receiver.example/?a=1&b=2', lang: 'en' },
        errors: [{ text: 'a < b' }],
        generator: 'g "1"',
      },
      policyPublished: {
        ...reportInput.policyPublished,
        discoveryMethod: 'treewalk',
        np: 'reject',
        testing: true,
        pct: 50,
      },
      extensions: [
        {
          name: 'x:a',
          attributes: { 'xmlns:x': 'urn:x' },
          children: ['t', { name: 'x:b', attributes: {}, children: [] }],
        },
      ],
    }
    const full: AggregateRecord = {
      ...record,
      policyEvaluated: { ...record.policyEvaluated, reasons: [{ type: 'mailing_list', comment: { text: 'c' } }] },
      identifiers: { headerFrom: 'a.example.com', envelopeFrom: '', envelopeTo: 'b.example' },
      extensions: [{ name: 'y', attributes: {}, children: ['z'] }],
    }
    const { outcome, read } = roundTrip(report, [full])
    expect(outcome).toMatchObject({ ok: true, report })
    expect(read).toEqual([full])
  })

  it('never lets a text become markup', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).map((value) => value.trim())
    fc.assert(
      fc.property(text, (orgName) => {
        const { outcome } = roundTrip({ ...reportInput, metadata: { ...reportInput.metadata, orgName } }, [record])
        expect(outcome).toMatchObject({
          ok: true,
          report: { records: 1, metadata: { email: 'dmarc@receiver.example' } },
        })
      }),
      { numRuns: 500 },
    )
  })
})
