// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeBridge, problem } from '../../../test/fake-bridge.ts'
import type { UpdateView } from '../../shared/updates.ts'
import { BridgeContext } from '../state/bridge.ts'
import { UpdatesSection } from './updates-section.tsx'

afterEach(cleanup)

function open(update: UpdateView) {
  const fake = new FakeBridge()
  render(
    <BridgeContext value={fake.bridge}>
      <UpdatesSection version="0.1.0" update={update} />
    </BridgeContext>,
  )
  return { fake, user: userEvent.setup() }
}

describe('the updates in Settings', () => {
  it('offer what is ready, and install it at the person\u2019s word', async () => {
    const { fake, user } = open({ state: 'ready', version: '0.2.0', onQuit: true })
    expect(screen.getByRole('status', { name: 'Update' }).textContent).toContain(
      'Version 0.2.0 is ready. It is installed when you quit the app.',
    )
    expect(fake.calls).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Install and restart' }))
    expect(fake.calls).toEqual([{ name: 'installUpdate', input: undefined }])
  })

  it('check again on request', async () => {
    const { fake, user } = open({ state: 'current', checkedAt: new Date().toISOString() })
    expect(screen.getByText(/This is the latest version/).textContent).toContain('just now')
    await user.click(screen.getByRole('button', { name: 'Check for updates' }))
    expect(fake.calls.map(({ name }) => name)).toEqual(['checkForUpdates'])
  })

  it('say why there are none', () => {
    open({ state: 'off', why: 'No update feed is set.' })
    expect(screen.getByText('Automatic updates are off. No update feed is set.')).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('say what was refused', () => {
    open({ state: 'failed', problem: problem('update-refused', 'It is not signed.') })
    expect(screen.getByRole('alert').textContent).toContain('An update was rejected')
    expect(screen.getByRole('button', { name: 'Check again' })).toBeTruthy()
  })
})
