import { describe, expect, it } from 'vitest'
import type { RecordSet } from '../record-set.ts'
import { tlsRptEffect } from './tls-rpt-effect.ts'
import type { Found, MailView } from './types.ts'

const name = '_smtp._tls.example.com'
const target = 'k.tls-rpt.hosted.test'
const hosted = 'v=TLSRPTv1; rua=mailto:in@hosted.test'

/** What receivers see, by name; a name that is not there cannot be looked up. */
function view(texts: Record<string, readonly string[]>): MailView {
  const look = (asked: string): Promise<Found<readonly string[]>> =>
    Promise.resolve(asked in texts ? { value: texts[asked] ?? [] } : { unknown: `${asked} could not be looked up.` })
  const never = () => Promise.reject(new Error('nothing else is asked'))
  return { texts: look, freshTexts: look, addresses: never, policyFile: never, reaches: () => true }
}

const txt = (...values: string[]): { sets: RecordSet[] } => ({
  sets: values.length > 0 ? [{ name, type: 'TXT', ttl: 300, values: values.map((value) => `"${value}"`) }] : [],
})

const own = 'v=TLSRPTv1; rua=mailto:soc@example.com'

describe('the effect of a CNAME at _smtp._tls', () => {
  it('shows the addresses that are lost, and needs no consent', async () => {
    const effect = await tlsRptEffect({ domain: 'example.com', live: txt(own), target }, view({ [target]: [hosted] }))
    expect(effect).toMatchObject({
      policy: 'tls-rpt',
      domain: 'example.com',
      grade: 'incomparable',
      needsConsent: false,
      before: { text: own, source: `TXT at ${name}` },
      after: { text: hosted, source: `TXT at ${target}` },
      messages: ['Reports about encrypted delivery go to in@hosted.test instead of soc@example.com.'],
      comparison: { weakens: true, reports: { lost: ['mailto:soc@example.com'] } },
    })
  })

  it('is the same where the hosted record keeps the address', async () => {
    const effect = await tlsRptEffect({ domain: 'example.com', live: txt(own), target, expected: own }, view({}))
    expect(effect).toMatchObject({ grade: 'same', messages: [] })
  })

  it('follows the CNAME to another service', async () => {
    const live = { sets: [{ name, type: 'CNAME', ttl: 300, values: ['x.elsewhere.test.'] }] as RecordSet[] }
    const effect = await tlsRptEffect(
      { domain: 'example.com', live, target, expected: hosted },
      view({ 'x.elsewhere.test': ['v=TLSRPTv1; rua=https://elsewhere.test/tls'] }),
    )
    expect(effect).toMatchObject({ before: { source: `CNAME at ${name} to x.elsewhere.test` }, grade: 'incomparable' })
  })

  it.each([
    ['no record', txt()],
    ['several records', txt(own, own)],
    ['another record', txt('v=spf1 -all')],
    ['a record without a usable address', txt('v=TLSRPTv1; rua=ftp://example.com/')],
  ])('has nothing to tell of where there is %s', async (_, live) => {
    expect(await tlsRptEffect({ domain: 'example.com', live, target, expected: hosted }, view({}))).toBeUndefined()
  })

  it('is unknown where either side cannot be read, and refuses nothing', async () => {
    const live = { sets: [{ name, type: 'CNAME', ttl: 300, values: ['x.elsewhere.test.'] }] as RecordSet[] }
    for (const change of [
      { live, expected: hosted },
      { live: txt(own), target },
    ]) {
      const effect = await tlsRptEffect({ domain: 'example.com', ...change }, view({}))
      expect(effect).toMatchObject({ grade: 'unknown', needsConsent: false, comparison: null })
      expect(effect?.messages).toHaveLength(1)
    }
  })

  it('is known where the record that comes back is, as for an undo', async () => {
    const effect = await tlsRptEffect(
      {
        domain: 'example.com',
        live: txt(own, 'x'),
        next: txt('v=TLSRPTv1; rua=mailto:soc@example.com,mailto:b@example.com'),
      },
      view({}),
    )
    expect(effect).toMatchObject({ grade: 'stronger' })
  })

  it('is looked up where nothing is given', async () => {
    const effect = await tlsRptEffect({ domain: 'example.com', expected: null }, view({ [name]: [own] }))
    expect(effect).toMatchObject({ grade: 'weaker', after: { text: null } })
  })
})
