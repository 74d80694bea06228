// @vitest-environment jsdom
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import '../../test/css-escape.ts'
import '../../test/page-globals.ts'
import { FakeBridge, problem, state } from '../../test/fake-bridge.ts'
import { domain, record } from '../../test/fixtures.ts'
import type { AppState } from '../shared/contract/app-state.ts'
import type { Place } from '../shared/deep-link.ts'
import { App } from './app.tsx'
import { preloadParts } from './lazy-parts.ts'

beforeAll(() => preloadParts())
afterEach(cleanup)

async function open(shown: AppState, answers: ConstructorParameters<typeof FakeBridge>[0] = {}) {
  const fake = new FakeBridge({ getState: () => ({ state: shown, number: 0 }), getHistory: () => [], ...answers })
  render(<App bridge={fake.bridge} />)
  await act(async () => {})
  const go = async (place: Place) => act(async () => fake.send('place', place))
  return { fake, go, user: userEvent.setup() }
}

const needingAction = domain('a.example', 'attention', {
  records: [
    record('a.example', 'attention', {
      reason: 'txt-in-place',
      short: 'TXT in place',
      why: 'A TXT record is in the place.',
      found: 'TXT v=DMARC1',
      advice: 'Replace it.',
    }),
    { kind: 'tls_rpt', name: '_smtp._tls.a.example', state: 'unhosted', why: 'Hosting is off for this record.' },
  ],
  dmarcRecord: 'v=DMARC1; p=none; rua=mailto:x@in.example',
  defaultDmarcRecord: 'v=DMARC1; p=none; rua=mailto:x@in.example',
})

describe('the first run', () => {
  const fresh = state({ connections: [], accounts: [] })

  it('connects a server of one\u2019s own', async () => {
    const { fake, user } = await open(fresh)
    expect(screen.getByRole('button', { name: 'Connect' })).toHaveProperty('disabled', true)
    await user.click(screen.getByRole('radio', { name: 'Self-hosted server' }))
    await user.type(screen.getByLabelText('Address'), 'https://dmarc.example.com')
    await user.type(screen.getByLabelText('API token'), 'abc123')
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(fake.sent('addConnection')).toEqual([
      {
        kind: 'self-hosted',
        title: 'dmarc.example.com',
        baseUrl: 'https://dmarc.example.com',
        token: 'abc123',
        stubZones: '',
      },
    ])
  })

  it('fails in words and keeps what was typed', async () => {
    const { user } = await open(fresh, { addConnection: () => problem('wrong-token', 'api.dmarcreport.com') })
    await user.type(screen.getByLabelText('API token'), 'abc123')
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(within(screen.getByRole('alert')).getByRole('heading').textContent).toBe('The API token is not accepted')
    expect(screen.getByLabelText('API token')).toHaveProperty('value', 'abc123')
  })

  it('starts the sandbox', async () => {
    const { fake, user } = await open(fresh)
    await user.click(screen.getByRole('button', { name: 'Try the sandbox' }))
    expect(fake.sent('startSandbox')).toHaveLength(1)
  })
})

describe('the list', () => {
  it('shows rows to come before the first answer, not "empty"', async () => {
    const [connection] = state().connections
    const { lastSuccessAt: _none, ...unasked } = connection ?? {}
    await open(state({ connections: [unasked as NonNullable<typeof connection>] }))
    expect(screen.getByRole('status', { name: 'Loading the domains' })).toBeDefined()
    expect(screen.queryByText('No domains yet')).toBeNull()
  })

  it('leads from empty to the first domain', async () => {
    const { fake, user } = await open(state(), { addDomains: () => [{ address: 'b\u00fccher.example', key: 'k' }] })
    await user.click(
      within(screen.getByRole('heading', { name: 'No domains yet' }).parentElement as HTMLElement).getByRole('button'),
    )
    await user.type(screen.getByLabelText('Domain names'), 'b\u00fccher.example')
    expect(screen.getByText('In DNS: xn--bcher-kva.example')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Add' }))
    expect(fake.sent('addDomains')[0]).toMatchObject({
      domains: [{ address: 'xn--bcher-kva.example', parked: false, mx: [] }],
      hostDmarc: true,
      hostMtaSts: false,
    })
  })

  it('names what is wrong with a domain while it is typed', async () => {
    const { go, user } = await open(state())
    await go({ page: 'add-domain' })
    await user.type(screen.getByLabelText('Domain names'), 'me@a.example')
    expect(screen.getByText(/This is an e-mail address/)).toBeDefined()
    expect(screen.getByRole('button', { name: 'Add' })).toHaveProperty('disabled', true)
  })

  it('shows a connection\u2019s problem with its way out', async () => {
    const [connection] = state().connections
    const failing = {
      ...(connection as NonNullable<typeof connection>),
      problem: problem('server-unreachable', 'dmarc.example.com'),
    }
    const { fake, user } = await open(state({ connections: [failing], domains: [needingAction] }))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(fake.sent('checkNow')).toHaveLength(1)
  })
})

describe('a domain', () => {
  const shown = state({ domains: [needingAction] })

  it('says what is expected, what was found, why, and what to do', async () => {
    const { go } = await open(shown)
    await go({ page: 'domain', address: 'a.example' })
    const row = within(screen.getByRole('rowgroup', { name: 'DMARC policy' }))
    for (const text of ['TXT v=DMARC1', 'A TXT record is in the place.', 'Replace it.', 'TXT in place'])
      expect(row.getByText(text)).toBeDefined()
    expect(screen.getByText('Receivers do not reach the hosted DMARC record.')).toBeDefined()
    expect(row.getByRole('button', { name: 'Copy the target key.dmarc.hosted.example' })).toBeDefined()
  })

  it('applies, verifies and switches hosting', async () => {
    const { fake, go, user } = await open(shown)
    await go({ page: 'domain', address: 'a.example' })
    await user.click(screen.getByRole('button', { name: 'Verify now' }))
    await user.click(screen.getByRole('tab', { name: 'Policy' }))
    const mtaSts = within(screen.getByRole('article', { name: 'Hosted MTA-STS' }))
    await user.click(mtaSts.getByRole('button', { name: 'Turn on hosting\u2026' }))
    await user.click(mtaSts.getByRole('button', { name: 'Turn on hosting' }))
    await user.click(screen.getByRole('button', { name: 'Fix 1 record\u2026' }))
    expect(fake.sent('verifyDomain')).toEqual([{ key: needingAction.key }])
    expect(fake.sent('setHosting')).toEqual([
      { key: needingAction.key, service: 'mta-sts', on: true, leave: 'keep', takeOver: true, reason: '' },
    ])
    expect(fake.sent('startApply')).toEqual([{ keys: [needingAction.key] }])
  })

  it('builds the DMARC record while one chooses, and publishes what is shown', async () => {
    const { fake, go, user } = await open(shown)
    await go({ page: 'domain', address: 'a.example' })
    await user.click(screen.getByRole('tab', { name: 'Policy' }))
    await user.click(screen.getByRole('button', { name: 'Edit policy' }))
    const form = within(screen.getByRole('form', { name: 'DMARC policy' }))
    await user.click(
      within(form.getByRole('radiogroup', { name: 'Policy for mail that fails DMARC' })).getByRole('radio', {
        name: 'Quarantine',
      }),
    )
    const live = form.getByRole('status', { name: 'Resulting record' })
    expect(live.textContent).toContain('p=quarantine')
    await user.click(form.getByRole('button', { name: 'Publish' }))
    expect(fake.sent('saveDmarcPolicy')).toMatchObject([{ key: needingAction.key, record: live.textContent }])
  })

  it('fails to publish an address that is none', async () => {
    const { fake, go, user } = await open(shown)
    await go({ page: 'domain', address: 'a.example' })
    await user.click(screen.getByRole('tab', { name: 'Policy' }))
    await user.click(screen.getByRole('button', { name: 'Edit policy' }))
    await user.type(screen.getByLabelText('Additional addresses for aggregate reports'), 'nobody@')
    expect(screen.getByRole('button', { name: 'Publish' })).toHaveProperty('disabled', true)
    expect(fake.sent('saveDmarcPolicy')).toEqual([])
  })

  it('that is gone leads back to the list', async () => {
    const { fake, go } = await open(shown)
    await go({ page: 'domain', address: 'a.example' })
    await act(async () => fake.send('state', { number: 1, parts: {}, domains: { changed: [], keys: [] } }))
    expect(screen.queryByRole('heading', { name: 'a.example' })).toBeNull()
  })
})

describe('settings', () => {
  it('save what was changed with the rest unchanged', async () => {
    const { fake, go, user } = await open(state())
    await go({ page: 'settings' })
    await user.click(screen.getByRole('switch', { name: 'Notifications' }))
    const appearance = within(screen.getByRole('radiogroup', { name: 'Appearance' }))
    await user.click(appearance.getByRole('radio', { name: 'Dark' }))
    expect(fake.sent('setPreferences')).toEqual([
      { ...state().preferences, notifications: false },
      { ...state().preferences, theme: 'dark' },
    ])
  })

  it('ask before a connection is removed', async () => {
    const { fake, go, user } = await open(state())
    await go({ page: 'settings' })
    await user.click(screen.getByRole('button', { name: 'Remove' }))
    expect(fake.sent('removeConnection')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Remove Home' }))
    expect(fake.sent('removeConnection')).toEqual([{ connectionId: 'c1' }])
  })
})
