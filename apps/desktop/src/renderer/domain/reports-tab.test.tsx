// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { FakeBridge, problem, state } from '../../../test/fake-bridge.ts'
import { domain } from '../../../test/fixtures.ts'
import { BridgeContext } from '../state/bridge.ts'
import { ReportsTab } from './reports-tab.tsx'

afterEach(cleanup)

it.each([
  [['reports'], 1],
  [['tags'], 0],
])('a service with the capabilities %j is asked for reports %i times', async (extensions, times) => {
  const fake = new FakeBridge({ getReports: () => problem('server-unreachable', 'dmarc.example.com') })
  const connections = state().connections.map((connection) => ({ ...connection, extensions }))
  render(
    <BridgeContext value={fake.bridge}>
      <ReportsTab state={state({ connections })} domain={domain('a.example')} />
    </BridgeContext>,
  )
  await act(async () => {})
  expect(fake.sent('getReports')).toHaveLength(times)
})
