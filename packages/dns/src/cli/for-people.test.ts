import { describe, expect, it } from 'vitest'
import type { Plan } from '../engine/plan.ts'
import { forPeople } from './for-people.ts'
import { planText } from './plan-text.ts'

describe('forPeople', () => {
  it('writes A-labels as the letters they stand for, wherever they are in a text', () => {
    expect(forPeople('_dmarc.xn--mnchen-3ya.example: leads to XN--MNCHEN-3YA.')).toBe(
      '_dmarc.münchen.example: leads to münchen.',
    )
  })

  it('leaves what is no international label as it is', () => {
    for (const text of ['xn--', 'xn--a', 'axn--mnchen-3ya', 'example.test', 'v=DMARC1; p=none']) {
      expect(forPeople(text)).toBe(text)
    }
  })
})

describe('the table of a plan', () => {
  const item = (name: string, text: string) => ({
    record: { name, type: 'CNAME' as const, value: 'k.test', ttl: 300 },
    action: 'replace' as const,
    message: '',
    zone: { id: '1', name: 'xn--mnchen-3ya.test' },
    before: [{ name, type: 'TXT', ttl: 60, values: [`"${text}"`] }],
    after: [],
    adopted: false,
    notes: [],
  })
  const plan: Plan = {
    version: 1,
    service: 'memory',
    conflict: 'replace',
    createdAt: '2026-01-01T00:00:00.000Z',
    verdict: { grade: 'same', needsConsent: false, unknown: [], words: 'Nothing changes.', details: [] },
    items: [item('_dmarc.xn--mnchen-3ya.test', 'short'), item('_mta-sts.xn--mnchen-3ya.test', 'long '.repeat(60))],
  }

  it('has no row that a long text of another one makes longer', () => {
    const [short = '', long = ''] = planText(plan).split('\n').slice(-2)
    expect(long.length).toBeGreaterThan(300)
    expect(short.length).toBeLessThan(120)
  })

  it('shows names in the letters of their language', () => {
    expect(planText(plan)).toContain('_dmarc.münchen.test')
    expect(planText(plan)).not.toContain('xn--')
  })
})
