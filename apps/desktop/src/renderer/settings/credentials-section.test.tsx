// @vitest-environment jsdom
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeBridge, problem } from '../../../test/fake-bridge.ts'
import type { StoredCredentials } from '../../shared/credentials.ts'
import { BridgeContext } from '../state/bridge.ts'
import { CredentialsSection } from './credentials-section.tsx'

afterEach(cleanup)

const cloudflare = {
  id: 'cloudflare',
  title: 'Cloudflare',
  help: 'Make a token.',
  fields: [{ name: 'apiToken', label: 'API token', secret: true, optional: false }],
}

const kept = (zone: string, more: Partial<StoredCredentials> = {}): StoredCredentials => ({
  zone,
  method: 'cloudflare',
  serviceTitle: 'Cloudflare',
  state: 'stored',
  details: [],
  ...more,
})

async function open(
  shown: readonly StoredCredentials[],
  { answers = {}, hasPlan = false }: { answers?: ConstructorParameters<typeof FakeBridge>[0]; hasPlan?: boolean } = {},
) {
  const fake = new FakeBridge({ accessMethods: () => [cloudflare], ...answers })
  const draw = (now: readonly StoredCredentials[]) => (
    <BridgeContext value={fake.bridge}>
      <CredentialsSection kept={now} hasPlan={hasPlan} />
    </BridgeContext>
  )
  const { rerender } = render(draw(shown))
  await act(async () => {})
  return { fake, user: userEvent.setup(), show: (now: readonly StoredCredentials[]) => rerender(draw(now)) }
}

const card = (zone: string) => within(screen.getByRole('article', { name: `Credentials for ${zone}` }))

describe('the DNS credentials in Settings', () => {
  it('say that there are none', async () => {
    await open([])
    expect(screen.getByText(/^None stored/)).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('are read when the settings open, and say for which service and server they are', async () => {
    const details = [{ label: 'Primary server', value: 'ns1.a.example' }]
    const { fake } = await open([kept('a.example', { serviceTitle: 'Your own server', details }), kept('b.example')])
    expect(fake.sent('readStoredCredentials')).toHaveLength(1)
    expect(card('a.example').getByText('Your own server')).toBeTruthy()
    expect(card('a.example').getByText('Primary server').nextElementSibling?.textContent).toBe('ns1.a.example')
    expect(card('b.example').getByText('In the password store')).toBeTruthy()
  })

  it.each(['locked', 'unavailable'] as const)(
    'say once that the store is %s, with a way to try again',
    async (state) => {
      const { fake, user } = await open([kept('a.example', { state }), kept('b.example', { state })])
      const alert = within(screen.getByRole('alert'))
      expect(alert.getByRole('heading').textContent).toBe(problem(`secret-${state}`).title)
      await user.click(alert.getByRole('button', { name: 'Try again' }))
      expect(fake.sent('readStoredCredentials')).toHaveLength(2)
    },
  )

  it.each([
    ['empty', 'Missing from the password store'],
    ['damaged', 'Cannot be read'],
  ] as const)('say what is %s, and offer to enter it again', async (state, word) => {
    await open([kept('a.example', { state })])
    expect(card('a.example').getByText(word)).toBeTruthy()
    expect(card('a.example').getByRole('button', { name: 'Enter again' })).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('are removed only once that is confirmed, and the place on the page is not lost', async () => {
    const { fake, user, show } = await open([kept('a.example'), kept('b.example')], { hasPlan: true })
    await user.click(card('a.example').getByRole('button', { name: 'Remove' }))
    expect(card('a.example').getByText(/asks for credentials again/).textContent).toContain('closes the open plan')
    await user.click(card('a.example').getByRole('button', { name: 'Cancel' }))
    expect(fake.sent('removeCredentials')).toEqual([])
    await user.click(card('a.example').getByRole('button', { name: 'Remove' }))
    await user.click(card('a.example').getByRole('button', { name: 'Remove credentials for a.example' }))
    show([kept('b.example')])
    expect(fake.sent('removeCredentials')).toEqual([{ zone: 'a.example' }])
    expect(screen.getByRole('status').textContent).toBe('Credentials for a.example removed.')
    expect(document.activeElement?.textContent).toBe('DNS credentials')
  })

  it('fail to be removed in words', async () => {
    const { user } = await open([kept('a.example')], { answers: { removeCredentials: () => problem('secret-locked') } })
    await user.click(card('a.example').getByRole('button', { name: 'Remove' }))
    await user.click(card('a.example').getByRole('button', { name: /^Remove credentials/ }))
    expect(card('a.example').getByRole('alert').textContent).toContain('The password store is locked')
    expect(screen.getByRole('status').textContent).toBe('')
  })

  it('are replaced by what is typed', async () => {
    const { fake, user } = await open([kept('a.example')])
    await user.click(card('a.example').getByRole('button', { name: 'Replace' }))
    const field = card('a.example').getByLabelText('API token')
    expect(field).toHaveProperty('type', 'password')
    await user.type(field, 'new')
    await user.click(card('a.example').getByRole('button', { name: 'Save' }))
    expect(fake.sent('replaceCredentials')).toEqual([
      { zone: 'a.example', method: 'cloudflare', values: { apiToken: 'new' } },
    ])
    expect(screen.queryByLabelText('API token')).toBeNull()
    expect(screen.getByRole('status').textContent).toBe('Credentials for a.example replaced.')
  })
})
