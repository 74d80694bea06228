import { describe, expect, it } from 'vitest'
import type { EvidenceLevel } from '../../shared/reports.ts'
import { reportAlerts } from './report-alerts.ts'

const level = (...blockers: [code: string, ...about: string[]][]): EvidenceLevel => ({
  target: 'quarantine',
  ready: blockers.length === 0,
  parked: false,
  blockers: blockers.map(([code, ...about]) => ({ code, about })),
  numbers: null,
  nextRecord: null,
})
const domain = { state: 'ready', policy: 'none' } as const

describe('alerts about reports', () => {
  it('begin with the second look: at the first, everything is new', () => {
    const { alerts, told } = reportAlerts(undefined, domain, level(['candidates-unanswered', 'domain:a.example']))
    expect([alerts, told]).toEqual([[], ['new-sender a.example']])
  })

  it('join the new senders of a kind, and leave out what was told', () => {
    const { told } = reportAlerts(undefined, domain, level(['candidates-unanswered', 'domain:a.example']))
    const next = level(
      ['candidates-unanswered', 'domain:a.example', 'domain:b.example', 'source:192.0.2.0/24'],
      ['source-rate-low', 'source:198.51.100.0/24'],
      ['coverage-low'],
    )
    expect(reportAlerts(told, domain, next).alerts).toEqual([
      { kind: 'new-sender', names: ['b.example', '192.0.2.0/24'] },
      { kind: 'mail-fails', names: ['198.51.100.0/24'] },
    ])
  })

  it('name a sender once for ever, and overdue reports each time they stop', () => {
    const looks = [
      level(['time-too-short']),
      level(['reports-overdue'], ['candidates-unanswered', 'domain:a.example']),
      level(['time-too-short']),
      level(['reports-overdue'], ['candidates-unanswered', 'domain:a.example']),
    ]
    let told: readonly string[] | undefined
    const kinds = looks.map((look) => {
      const found = reportAlerts(told, domain, look)
      told = found.told
      return found.alerts.map(({ kind }) => kind)
    })
    expect(kinds).toEqual([[], ['reports-overdue', 'new-sender'], [], ['reports-overdue']])
  })

  it('say that a domain can move on only while its records are in place and the policy is still behind', () => {
    const told: string[] = []
    expect(reportAlerts(told, domain, level()).alerts).toEqual([{ kind: 'can-move', names: ['quarantine'] }])
    expect(reportAlerts(told, { state: 'attention', policy: 'none' }, level()).alerts).toEqual([])
    expect(reportAlerts(told, { state: 'ready', policy: 'reject' }, level()).alerts).toEqual([])
  })

  it('stay few and short, whatever a service invents', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `domain:${index}${'x'.repeat(5_000)}`)
    let told: readonly string[] = []
    for (let from = 0; from < ids.length; from += 1_000) {
      const found = reportAlerts(told, domain, level(['candidates-unanswered', ...ids.slice(from)]))
      expect(found.alerts).toHaveLength(1)
      expect(found.alerts[0]?.names.join('').length).toBeLessThan(6_000)
      told = found.told
    }
    expect(JSON.stringify(told).length).toBeLessThan(60_000)
  })
})
