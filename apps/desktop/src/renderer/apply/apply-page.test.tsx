// @vitest-environment jsdom
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeBridge, problem } from '../../../test/fake-bridge.ts'
import type { ApplyDomain, ApplyJob, PlanItem, ZoneAccess } from '../../shared/apply.ts'
import { BridgeContext } from '../state/bridge.ts'
import { ApplyPage } from './apply-page.tsx'

afterEach(cleanup)

const zone: ZoneAccess = {
  zone: 'a.example',
  serviceTitle: 'Cloudflare',
  suggested: 'cloudflare',
  credentials: 'stored',
  manual: false,
  hasDomainConnect: false,
}
const item = (more: Partial<PlanItem> = {}): PlanItem => ({
  id: 'k dmarc',
  kind: 'dmarc',
  name: '_dmarc.a.example',
  host: '_dmarc',
  target: 't.example',
  ttl: 300,
  action: 'create',
  existing: [],
  outcome: 'waiting',
  ...more,
})
const domain = (items: PlanItem[], more: Partial<ApplyDomain> = {}): ApplyDomain => ({
  key: 'k',
  title: 'a.example',
  zone,
  items,
  ...more,
})
const job = (phase: ApplyJob['phase'], domains: ApplyDomain[], more: Partial<ApplyJob> = {}): ApplyJob => ({
  id: 'j',
  phase,
  domains,
  undoable: false,
  ...more,
})

async function show(shown: ApplyJob) {
  const methods = [
    {
      id: 'cloudflare',
      title: 'Cloudflare',
      help: 'Make a token.',
      fields: [{ name: 'apiToken', label: 'API token', secret: true, optional: false }],
    },
  ]
  const fake = new FakeBridge({ accessMethods: () => methods })
  render(
    <BridgeContext value={fake.bridge}>
      <ApplyPage job={shown} onBack={() => {}} />
    </BridgeContext>,
  )
  await act(async () => {})
  return { fake, user: userEvent.setup() }
}

describe('the apply page', () => {
  it('asks for the credentials of the service it found', async () => {
    const { fake, user } = await show(
      job('credentials', [domain([item()], { zone: { ...zone, credentials: 'missing' } })]),
    )
    const form = within(screen.getByRole('form', { name: 'DNS credentials' }))
    expect(form.getByRole('button', { name: 'Continue' })).toHaveProperty('disabled', true)
    const field = form.getByLabelText('API token')
    expect(field).toHaveProperty('type', 'password')
    await user.type(field, 'secret')
    await user.click(form.getByRole('button', { name: 'Continue' }))
    expect(fake.sent('giveCredentials')).toEqual([
      { zone: 'a.example', method: 'cloudflare', values: { apiToken: 'secret' } },
    ])
  })

  it('writes what is created, and a conflict only when told to', async () => {
    const conflict = item({
      id: 'k tls',
      kind: 'tls_rpt',
      name: '_smtp._tls.a.example',
      action: 'conflict',
      existing: ['TXT "old"'],
    })
    const { fake, user } = await show(job('confirm', [domain([item(), conflict])]))
    expect(screen.getByText('TXT "old"')).toBeDefined()
    expect(screen.getByRole('button', { name: 'Write 1 record' })).toBeDefined()
    await user.click(screen.getByRole('radio', { name: 'Replace it' }))
    await user.click(screen.getByRole('button', { name: 'Write 2 records' }))
    expect(fake.sent('confirmApply')).toEqual([{ choices: { 'k tls': 'replace' } }])
  })

  it('gives the lines to paste with the host the panel wants, and looks again', async () => {
    const { fake, user } = await show(
      job('confirm', [domain([item()], { zone: { ...zone, manual: true, credentials: 'missing' } })]),
    )
    expect(screen.getByRole('button', { name: 'Copy the host _dmarc' })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Copy the target t.example' }))
    await user.click(screen.getByRole('button', { name: 'I have added them' }))
    expect(fake.sent('copyText')).toEqual([{ text: 't.example' }])
    expect(fake.sent('recheckApply')).toHaveLength(1)
    expect(screen.queryByRole('button', { name: /Write/ })).toBeNull()
  })

  it('says for each record what became of it, and offers undo', async () => {
    const items = [item({ outcome: 'verified' }), item({ id: '2', name: 'mta-sts.a.example', outcome: 'written' })]
    const { fake, user } = await show(job('verifying', [domain(items)], { undoable: true }))
    expect(screen.getByText('Verified')).toBeDefined()
    expect(screen.getByText('Written, verifying')).toBeDefined()
    expect(screen.getByRole('status').textContent).toBe('1 of 2 records verified. Checking again automatically.')
    expect(screen.getByText('Verify').getAttribute('aria-current')).toBe('step')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(fake.sent('undoApply')).toHaveLength(1)
  })

  it('shows a failure with a way on', async () => {
    const { fake, user } = await show(
      job('confirm', [domain([item()])], { problem: problem('dns-changed-meanwhile', 'It changed.') }),
    )
    await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Make a new plan' }))
    expect(fake.sent('recheckApply')).toHaveLength(1)
  })

  it('tries again where the password store did not give the credentials', async () => {
    const shut = domain([item()], {
      zone: { ...zone, manual: true, credentials: 'missing' },
      problem: problem('secret-unavailable'),
    })
    const { fake, user } = await show(job('confirm', [shut]))
    await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Try again' }))
    expect(fake.sent('recheckApply')).toHaveLength(1)
  })

  it('restores what an interrupted run left behind', async () => {
    const { fake, user } = await show(
      job('confirm', [domain([item()])], { problem: problem('dns-interrupted', 'It stopped.') }),
    )
    await user.click(screen.getByRole('button', { name: 'Restore' }))
    expect(fake.sent('undoApply')).toHaveLength(1)
  })
})
