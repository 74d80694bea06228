// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { FakeBridge } from '../../../test/fake-bridge.ts'
import { record } from '../../../test/fixtures.ts'
import type { RecordView } from '../../shared/model.ts'
import { BridgeContext } from '../state/bridge.ts'
import { RecordCard } from './record-card.tsx'

afterEach(cleanup)

const show = (more: Partial<RecordView>) =>
  render(
    <BridgeContext value={new FakeBridge().bridge}>
      <RecordCard record={record('a.example', 'ready', more)} onOpenPolicyFile={() => {}} />
    </BridgeContext>,
  )

it('says when cached answers expire', () => {
  const inTwoHours = new Date(Date.now() + 2 * 3_600_000).toISOString()
  show({ visibleBy: inTwoHours })
  expect(screen.getByText(/^Visible everywhere/).textContent).toBe(
    'Visible everywhere in 2 hours, when cached answers have expired.',
  )
  cleanup()
  show({})
  expect(screen.queryByText(/^Visible everywhere/)).toBeNull()
})

const found = () => screen.getByText('Found').nextElementSibling?.textContent

it('says what was found, also of a record that is ready', () => {
  show({ found: '_dmarc.a.example CNAME key.dmarc.hosted.example' })
  expect(screen.getByText('Expected').nextElementSibling?.textContent).toContain('key.dmarc.hosted.example')
  expect(found()).toBe('_dmarc.a.example CNAME key.dmarc.hosted.example')
  cleanup()
  // A service that only says "verified" has seen what it expects.
  show({})
  expect(found()).toBe('key.dmarc.hosted.example')
  cleanup()
  show({ state: 'attention', status: 'awaiting_setup' })
  expect(found()).toBe('nothing')
})
