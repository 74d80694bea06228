// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { FakeBridge, problem, state } from '../../../test/fake-bridge.ts'
import { FakeReports } from '../../../test/fake-reports.ts'
import { domain } from '../../../test/fixtures.ts'
import '../../../test/page-globals.ts'
import { RecordsTab } from '../domain/records-tab.tsx'
import { preloadParts } from '../lazy-parts.ts'
import { BridgeContext } from '../state/bridge.ts'

beforeAll(() => preloadParts())
afterEach(cleanup)

const shown = domain('spring.example')

async function open(bridge: FakeBridge, extensions: readonly string[] = ['reports']) {
  const connections = state().connections.map((connection) => ({ ...connection, extensions }))
  const page = (of: typeof shown) => (
    <BridgeContext value={bridge.bridge}>
      <RecordsTab state={state({ connections })} domain={of} />
    </BridgeContext>
  )
  const { rerender } = render(page(shown))
  await act(async () => {})
  return { show: (of: typeof shown) => rerender(page(of)) }
}
const chart = () => screen.queryByRole('region', { name: 'Last 30 days' })

it('the records stand above a month of mail, which one request reads', async () => {
  const bridge = new FakeBridge({ getReportDays: () => new FakeReports().view().days })
  await open(bridge)
  expect(chart()?.textContent).toMatch(/[\d,]+ messages · [\d.]+ % of your mail passes\./)
  expect(bridge.calls.filter(({ name }) => name.startsWith('getReport'))).toHaveLength(1)
})

it('no month is shown of a service without reports, without mail, or that does not answer', async () => {
  const without = new FakeBridge()
  await open(without, ['tags'])
  expect([chart(), without.sent('getReportDays')]).toEqual([null, []])
  cleanup()
  await open(new FakeBridge({ getReportDays: () => [] }))
  expect(chart()).toBeNull()
  cleanup()
  await open(new FakeBridge({ getReportDays: () => problem('server-unreachable', 'dmarc.example.com') as never }))
  expect(chart()).toBeNull()
})

it('a month is never shown with another domain than its own', async () => {
  const bridge = new FakeBridge({ getReportDays: () => new FakeReports().view().days })
  const { show } = await open(bridge)
  expect(chart()).not.toBeNull()
  show(domain('other.example'))
  expect(chart()).toBeNull()
  await act(async () => {})
  expect(bridge.sent('getReportDays').map(({ key }) => key)).toEqual([shown.key, domain('other.example').key])
  expect(chart()).not.toBeNull()
})
