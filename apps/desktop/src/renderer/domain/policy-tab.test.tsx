// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { FakeBridge, state } from '../../../test/fake-bridge.ts'
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
