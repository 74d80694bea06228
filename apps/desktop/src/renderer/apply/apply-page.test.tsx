// @vitest-environment jsdom
import { compareDmarc, parseDmarc } from '@dmarc-as-code/records'
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
const live = 'v=DMARC1; p=reject; rua=mailto:soc@a.example'
const kept = 'v=DMARC1; p=reject; rua=mailto:us@in.example,mailto:soc@a.example'
const compare = (after: string) => compareDmarc({ own: parseDmarc(live) }, { own: parseDmarc(after) })
const weakening = (key: string, title: string) =>
  domain([item({ id: `${key} dmarc`, action: 'conflict', existing: [`TXT "${live}"`] })], {
    key,
    title,
    dmarc: {
      live,
      hosted: compare('v=DMARC1; p=none; rua=mailto:us@in.example'),
      takeOver: { record: kept, effect: compare(kept) },
    },
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
    expect(screen.getByRole('button', { name: 'Apply 1 record' })).toBeDefined()
    await user.click(screen.getByRole('radio', { name: 'Replace it' }))
    await user.click(screen.getByRole('button', { name: 'Apply 2 records' }))
    expect(fake.sent('confirmApply')).toEqual([{ choices: { 'k tls': 'replace' }, policies: {}, reason: '' }])
  })

  it('says first that a plan weakens a domain, takes over the current policy by default, and asks for a reason otherwise', async () => {
    const { fake, user } = await show(job('confirm', [weakening('k', 'a.example')]))
    const verdict = () => screen.getByRole('region', { name: 'Verdict' }).textContent
    expect(verdict()).toContain('a.example keeps its protection.')
    expect(screen.getByRole('radio', { name: /^Take over the current policy/ })).toHaveProperty('checked', true)

    await user.click(screen.getByRole('radio', { name: /^Use the hosted record/ }))
    expect(verdict()).toContain('This weakens a.example.')
    expect(verdict()).toContain('Receivers reject failing mail today. Afterwards they deliver it.')
    const apply = () => screen.getByRole('button', { name: 'Apply 1 record' })
    expect(apply()).toHaveProperty('disabled', true)
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'Moving to another service')
    await user.click(apply())
    expect(fake.sent('confirmApply')).toEqual([
      { choices: {}, policies: { k: 'hosted' }, reason: 'Moving to another service' },
    ])
  })

  it('shows the effect on mail before and after', async () => {
    await show(job('confirm', [weakening('k', 'a.example')]))
    const rows = within(screen.getByRole('table', { name: 'Effect on mail' })).getAllByRole('row')
    expect(rows.map((row) => row.textContent)).toEqual([
      'Effect on mailTodayAfterwards',
      'Mail that fails DMARCrejectedrejected(taken over)',
      'Subdomainsrejectedrejected(taken over)',
      'Reports go tosoc@a.exampleus@in.examplesoc@a.example',
    ])
  })

  it('decides about many conflicts at once', async () => {
    const { fake, user } = await show(
      job('confirm', [weakening('k', 'a.example'), weakening('m', 'b.example'), weakening('n', 'c.example')]),
    )
    const all = within(screen.getByRole('region', { name: 'Apply to all' }))
    expect(all.getByRole('radio', { name: 'Take over the current policy' })).toHaveProperty('checked', true)
    await user.click(all.getByRole('radio', { name: 'Keep the existing record' }))
    expect(screen.getByRole('button', { name: 'No changes selected' })).toHaveProperty('disabled', true)
    await user.click(all.getByRole('radio', { name: 'Take over the current policy' }))
    await user.click(screen.getByRole('button', { name: 'Apply 3 records' }))
    expect(fake.sent('confirmApply')).toMatchObject([
      { policies: { k: 'take-over', m: 'take-over', n: 'take-over' }, reason: '' },
    ])
  })

  it('warns where what is live could not be read, and refuses nothing', async () => {
    const unknown = domain([item({ action: 'conflict', existing: ['CNAME x.'] })], { dmarc: { hosted: null } })
    const { user } = await show(job('confirm', [unknown]))
    await user.click(screen.getByRole('radio', { name: /^Use the hosted record/ }))
    expect(screen.getByRole('region', { name: 'Verdict' }).textContent).toContain('The effect on a.example is unknown.')
    expect(screen.getByRole('button', { name: 'Apply 1 record' })).toHaveProperty('disabled', false)
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
    expect(screen.queryByRole('button', { name: /Apply/ })).toBeNull()
  })

  it('says for each record what became of it, and offers undo', async () => {
    const items = [item({ outcome: 'verified' }), item({ id: '2', name: 'mta-sts.a.example', outcome: 'written' })]
    const { fake, user } = await show(job('verifying', [domain(items)], { undoable: true }))
    expect(screen.getByText('Verified')).toBeDefined()
    expect(screen.getByText('Written, verifying')).toBeDefined()
    expect(screen.getByRole('status').textContent).toBe('1 of 2 records verified. Checking again automatically.')
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
