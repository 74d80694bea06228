// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FakeBridge, state } from '../../../test/fake-bridge.ts'
import '../../../test/page-globals.ts'
import { domain } from '../../../test/fixtures.ts'
import { preloadParts } from '../lazy-parts.ts'
import { BridgeContext } from '../state/bridge.ts'
import { Overview } from './overview.tsx'

beforeAll(() => preloadParts())
afterEach(cleanup)

const domains = [domain('a.example', 'attention'), domain('b.example'), domain('c.example')]

function open() {
  const fake = new FakeBridge()
  render(
    <BridgeContext value={fake.bridge}>
      <Overview state={state({ domains })} current={undefined} isBeside={false} atSettings={false} onGo={() => {}} />
    </BridgeContext>,
  )
  return { fake, user: userEvent.setup() }
}

const rows = () => within(screen.getByRole('listbox', { name: 'Domains' })).getAllByRole('option')

describe('the list of domains', () => {
  it('leads back from a search that matches nothing', async () => {
    const { user } = open()
    await user.type(screen.getByRole('searchbox'), 'nothing like this')
    expect(screen.getByRole('heading', { name: 'No matching domains' })).toBeTruthy()
    expect(screen.getByText('All 3 domains are hidden by the search or a filter.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show all domains' }))
    expect(rows()).toHaveLength(3)
  })

  it('shows boxes to tick while several are chosen', async () => {
    const { user } = open()
    const boxes = () => rows().filter((row) => row.querySelector('.pick'))
    expect(boxes()).toHaveLength(0)
    await user.click(screen.getByRole('button', { name: 'Select several' }))
    expect(boxes()).toHaveLength(3)
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(boxes()).toHaveLength(0)
  })

  it('chooses all that are shown at once', async () => {
    const { fake, user } = open()
    await user.type(screen.getByRole('searchbox'), 'b.example')
    await user.click(screen.getByRole('button', { name: 'Select several' }))
    await user.click(screen.getByRole('button', { name: 'Select all 1' }))
    await user.click(screen.getByRole('button', { name: 'Apply CNAMEs of 1 domain' }))
    expect(fake.sent('startApply')).toEqual([{ keys: [domains[1]?.key] }])
  })
})
