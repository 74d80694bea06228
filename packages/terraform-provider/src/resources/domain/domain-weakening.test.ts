import type { MailView } from '@dmarc-as-code/dns/apply'
import { describe, expect, it } from 'vitest'
import { checkWeakening, warnOfLoss } from './domain-weakening.ts'

const target = 'key.dmarc.hosted.test'
const state = {
  address: 'shop.test',
  hosted_dmarc: { published_record: 'v=DMARC1; p=reject' },
  hosted_mta_sts: null,
  cnames: { dmarc: { value: target } },
} as never

/** What is live, and where the CNAME leads: undefined where the DNS does not tell. */
function request(cname: string | null | undefined, texts: Awaited<ReturnType<MailView['texts']>>) {
  const found: { severity: 'error' | 'warning'; summary: string }[] = []
  const add = (severity: 'error' | 'warning') => (summary: string) => found.push({ severity, summary })
  const view: MailView = {
    texts: async (name) => (name === '_dmarc.shop.test' ? texts : { value: [] }),
    freshTexts: async () => ({ value: [] }),
    addresses: async () => ({ value: [] }),
    policyFile: async () => ({ value: null }),
    reaches: () => true,
  }
  const given = {
    plan: { address: 'shop.test' },
    config: { allow_weaker: null, hosted_dmarc: null, hosted_mta_sts: null },
    client: { live: { cnameAt: async () => cname }, mail: { view: async () => view } },
    signal: new AbortController().signal,
    diagnostics: { error: add('error'), warning: add('warning') },
  }
  return { given: given as never, found }
}
const unreadable = { unknown: 'No server of shop.test answers.' }
const reject = { value: ['v=DMARC1; p=reject'] }
const ending = [{ policy: 'dmarc', expected: null }] as const

describe('the end of a hosted record', () => {
  it('is warned about where the DNS does not tell whether the CNAME leads to it', async () => {
    const { given, found } = request(undefined, unreadable)
    await checkWeakening(given, state, ending)
    expect(found).toMatchObject([{ severity: 'warning', summary: expect.stringContaining('is unknown') }])
  })

  it('is refused where the CNAME leads to it, and passes where the CNAME leads elsewhere', async () => {
    const here = request(target, reject)
    await checkWeakening(here.given, state, ending)
    expect(here.found).toMatchObject([{ severity: 'error', summary: 'Weakens protection at shop.test.' }])
    for (const cname of ['key.elsewhere.test', null]) {
      const { given, found } = request(cname, reject)
      await checkWeakening(given, state, ending)
      expect(found).toEqual([])
    }
  })

  it('is warned about when the domain is destroyed, also where the DNS does not tell', async () => {
    const warned = [{ severity: 'warning', summary: 'Destroying ends the hosted DMARC record of shop.test' }]
    for (const { given, found } of [request(target, reject), request(undefined, unreadable)]) {
      await warnOfLoss(given, state)
      expect(found).toEqual(warned)
    }
    const { given, found } = request(null, reject)
    await warnOfLoss(given, state)
    expect(found).toEqual([])
  })
})
