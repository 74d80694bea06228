// @vitest-environment jsdom
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { FakeBridge, problem } from '../../../test/fake-bridge.ts'
import { FakeReports } from '../../../test/fake-reports.ts'
import { domain } from '../../../test/fixtures.ts'
import '../../../test/page-globals.ts'
import { setLanguage } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { preloadParts } from '../lazy-parts.ts'
import { BridgeContext } from '../state/bridge.ts'
import { EvidenceSection } from './evidence-section.tsx'

beforeAll(() => preloadParts())
afterEach(() => {
  cleanup()
  setLanguage('en')
})

const record = 'v=DMARC1; p=none; rua=mailto:x@in.example'
const spring = domain('spring.example', 'ready', { policy: 'none', dmarcRecord: record, defaultDmarcRecord: record })

async function open(shown: DomainSummary = spring, prepare: (fake: FakeReports) => void = () => {}) {
  const fake = new FakeReports()
  prepare(fake)
  const bridge = new FakeBridge({
    getReports: () => fake.view(),
    answerSource: ({ source, kind }) => void fake.kinds.set(source, kind),
    presumeRestNotMine: ({ presume }) => {
      fake.presumed = presume
    },
    acceptReport: () => {
      fake.accepted = true
    },
  })
  render(
    <BridgeContext value={bridge.bridge}>
      <EvidenceSection domain={shown} />
    </BridgeContext>,
  )
  await act(async () => {})
  return { bridge, user: userEvent.setup() }
}

const settled = (fake: FakeReports) => {
  fake.presumed = true
  fake.kinds.set('domain:newsletter-service.example', 'not_mine')
  fake.kinds.set('domain:crm.example.net', 'mine')
}
const heading = () => document.getElementById('next-step-heading')?.textContent

/** A busy machine draws late. */
const patience = { timeout: 15_000 }

describe('the evidence of a domain', () => {
  it('asks whose the few senders are, and leads to the next policy with its effect first', async () => {
    const { bridge, user } = await open()
    expect(heading()).toBe('Say whose 2 senders are, and spring.example is ready for quarantine.')
    expect(screen.getByRole('button', { name: 'Move to quarantine…' })).toHaveProperty('disabled', true)
    const newsletter = within(screen.getByRole('group', { name: 'Is newsletter-service.example yours?' }))
    await user.click(newsletter.getByRole('button', { name: 'Not mine' }))
    const crm = within(screen.getByRole('group', { name: 'Is crm.example.net yours?' }))
    await user.click(crm.getByRole('button', { name: 'Mine' }))
    await user.click(screen.getByRole('button', { name: 'Presume not mine' }))
    expect(bridge.sent('answerSource')).toEqual([
      { key: spring.key, source: 'domain:newsletter-service.example', kind: 'not_mine' },
      { key: spring.key, source: 'domain:crm.example.net', kind: 'mine' },
    ])
    await vi.waitFor(() => expect(heading()).toBe('spring.example is ready for quarantine.'), patience)

    await user.click(screen.getByRole('button', { name: 'Move to quarantine…' }))
    expect(bridge.sent('saveDmarcPolicy')).toEqual([])
    const question = within(screen.getByRole('group', { name: 'Move spring.example to quarantine?' }))
    const effect = within(question.getByRole('table', { name: 'Effect on mail' }))
    expect(effect.getByRole('row', { name: /Mail that fails DMARC delivered spam folder/ })).toBeTruthy()
    await user.click(question.getByRole('button', { name: 'Move to quarantine' }))
    expect(bridge.sent('saveDmarcPolicy')).toEqual([
      { key: spring.key, record: 'v=DMARC1; p=quarantine; rua=mailto:x@in.example', base: record, reason: '' },
    ])
  })

  it('moves nothing by itself', async () => {
    const { bridge } = await open(spring, settled)
    expect(bridge.calls.map(({ name }) => name)).toEqual(['getReports'])
  })

  it('takes an answer back', async () => {
    const { bridge, user } = await open(spring, settled)
    await user.click(screen.getByRole('button', { name: 'Take back the answer to crm.example.net' }))
    expect(bridge.sent('answerSource')).toEqual([{ key: spring.key, source: 'domain:crm.example.net', kind: null }])
  })

  it('says which conditions are met and which are not, with the numbers behind them', async () => {
    await open()
    const conditions = within(screen.getByRole('region', { name: 'Reject' }))
    expect(conditions.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'met: Reports on 29 of 30 days, 14 reporters',
      'met: 99.7 % of your mail passes',
      'met: No new source of yours',
      'met: 96.2 % of it is signed',
      expect.stringContaining('not met: Sources without an answer · 2 senders to answer'),
      expect.stringContaining('not met: Too early · 0 days at quarantine'),
    ])
    expect(screen.getByText(/About 240 forwarded messages a month/)).toBeTruthy()
    expect(screen.getByText('4 of 3,004 sessions failed.')).toBeTruthy()
  })

  it('counts the month by class of source, also for those who do not see the chart', async () => {
    await open()
    const table = within(screen.getByRole('table', { name: 'Messages by day' }))
    expect(table.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Day',
      'yours',
      'forwarded',
      'to answer',
      'foreign',
    ])
    expect(table.getAllByRole('row')).toHaveLength(31)
  })

  it('shows reports that do not count, and accepts one', async () => {
    const { bridge, user } = await open()
    const problems = within(screen.getByRole('region', { name: 'Reports that do not count' }))
    expect(problems.getByText('Sender not authenticated')).toBeTruthy()
    await user.click(problems.getByRole('button', { name: 'Accept' }))
    expect(bridge.sent('acceptReport')).toEqual([{ key: spring.key, id: 7 }])
    await vi.waitFor(() => expect(problems.queryByRole('button', { name: 'Accept' })).toBeNull(), patience)
  })

  it('gives the record to publish where the service does not host it', async () => {
    await open({ ...spring, hostedDmarc: false, state: 'unhosted' }, settled)
    expect(screen.queryByRole('button', { name: 'Move to quarantine…' })).toBeNull()
    expect(screen.getByText('v=DMARC1; p=quarantine; rua=mailto:x@in.example')).toBeTruthy()
  })

  it('asks for nothing more at the strictest policy', async () => {
    await open({ ...spring, policy: 'reject' })
    expect(heading()).toBe('spring.example is at the strictest policy.')
    expect(screen.queryByRole('region', { name: 'Conditions' })).toBeNull()
  })

  it('says in words why reports cannot be read', async () => {
    const bridge = new FakeBridge({ getReports: () => problem('server-unreachable', 'dmarc.example.com') })
    render(
      <BridgeContext value={bridge.bridge}>
        <EvidenceSection domain={spring} />
      </BridgeContext>,
    )
    await act(async () => {})
    expect(within(screen.getByRole('alert')).getByRole('heading').textContent).toBe('Cannot reach the service')
  })

  it('is in German where the app is', async () => {
    setLanguage('de')
    await open()
    expect(heading()).toBe('Sagen Sie, wem 2 Absender gehören, dann ist spring.example bereit für quarantine.')
    expect(screen.getByText(/Die DKIM-Signatur ist von newsletter-service.example/)).toBeTruthy()
    expect(screen.getByText('Absender nicht ausgewiesen')).toBeTruthy()
  })
})
