// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { FakeBridge, problem, state } from '../../../test/fake-bridge.ts'
import { FakeReports } from '../../../test/fake-reports.ts'
import { domain } from '../../../test/fixtures.ts'
import { BridgeContext } from '../state/bridge.ts'
import { PolicyTab } from './policy-tab.tsx'

afterEach(cleanup)

const record = 'v=DMARC1; p=none; rua=mailto:x@in.example'
const hosted = domain('a.example', 'ready', {
  dmarcRecord: record,
  defaultDmarcRecord: record,
  hostedMtaSts: true,
  mtaSts: { mode: 'testing', mx: ['mx.a.example'], days: 7 },
})

it.each(['DMARC policy', 'MTA-STS policy'])(
  'the focus goes into the form of the %s, and back to its button',
  async (name) => {
    const user = userEvent.setup()
    render(
      <BridgeContext value={new FakeBridge().bridge}>
        <PolicyTab state={state({ domains: [hosted] })} domain={hosted} asking={undefined} />
      </BridgeContext>,
    )
    const button = () => screen.getAllByRole('button', { name: 'Edit policy' })[name === 'DMARC policy' ? 0 : 1]
    await user.click(button() as HTMLElement)
    expect(document.activeElement).toBe(screen.getByRole('form', { name }))
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(document.activeElement).toBe(button())
  },
)

it('a stricter policy is published only after a look at what reports say about it', async () => {
  const user = userEvent.setup()
  const fake = new FakeReports('a.example')
  const bridge = new FakeBridge({
    getEvidence: ({ target }) => fake.view().levels.find((each) => each.target === target) as never,
  })
  const watched = { ...hosted, policy: 'none' as const }
  const connections = state().connections.map((connection) => ({ ...connection, extensions: ['reports'] }))
  render(
    <BridgeContext value={bridge.bridge}>
      <PolicyTab state={state({ domains: [watched], connections })} domain={watched} asking={undefined} />
    </BridgeContext>,
  )
  await user.click(screen.getAllByRole('button', { name: 'Edit policy' })[0] as HTMLElement)
  await user.click(screen.getAllByRole('radio', { name: /^Quarantine/ })[0] as HTMLElement)
  await user.click(screen.getByRole('button', { name: 'Publish' }))
  const question = screen.getByRole('region', { name: 'Publish this policy for a.example?' })
  await within(question).findByText('Sources without an answer')
  expect([bridge.sent('getEvidence'), bridge.sent('saveDmarcPolicy')]).toEqual([
    [{ key: watched.key, target: 'quarantine' }],
    [],
  ])
  await user.click(within(question).getByRole('button', { name: 'Publish anyway' }))
  expect(bridge.sent('saveDmarcPolicy')).toHaveLength(1)
})

it.each(['DMARC policy', 'MTA-STS policy'])(
  'a %s that the service has no evidence for is published once a person says why, and says it of this policy only',
  async (form) => {
    const user = userEvent.setup()
    const refusal = problem('evidence-missing', 'found 3 days of reports, expected 30.')
    const accepted: unknown[] = []
    const answer = (input: { acceptRisk?: string | undefined }) => {
      accepted.push(input.acceptRisk)
      return input.acceptRisk ? undefined : refusal
    }
    const bridge = new FakeBridge({ saveDmarcPolicy: answer as never, saveMtaStsPolicy: answer as never })
    const connections = state().connections.map((connection) => ({
      ...connection,
      extensions: ['mta_sts_policy_on_update'],
    }))
    render(
      <BridgeContext value={bridge.bridge}>
        <PolicyTab state={state({ domains: [hosted], connections })} domain={hosted} asking={undefined} />
      </BridgeContext>,
    )
    const isDmarc = form === 'DMARC policy'
    await user.click(screen.getAllByRole('button', { name: 'Edit policy' })[isDmarc ? 0 : 1] as HTMLElement)
    const stricter = () =>
      screen.getAllByRole('radio', { name: isDmarc ? /^Quarantine/ : /^Enforce/ })[0] as HTMLElement
    await user.click(stricter())
    await user.click(screen.getByRole('button', { name: 'Publish' }))
    const question = () => screen.findByRole('region', { name: 'Publish without evidence?' })
    expect((await question()).textContent).toContain('found 3 days of reports, expected 30.')
    expect(document.activeElement?.closest('section')).toBe(await question())
    const anyway = within(await question()).getByRole('button', { name: 'Publish anyway' })
    expect(anyway).toHaveProperty('disabled', true)

    // Another policy is another risk: the words are asked for again.
    await user.click(screen.getAllByRole('radio', { name: /^None/ })[0] as HTMLElement)
    expect(screen.queryByRole('region', { name: 'Publish without evidence?' })).toBeNull()
    await user.click(stricter())
    await user.type(within(await question()).getByRole('textbox'), 'Spoofed since Monday')
    await user.click(within(await question()).getByRole('button', { name: 'Publish anyway' }))
    expect(accepted).toEqual([undefined, 'Spoofed since Monday'])
    expect(screen.queryByRole('form', { name: form })).toBeNull()
  },
)
