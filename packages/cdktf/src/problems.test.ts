import { afterEach, expect, it, vi } from 'vitest'
import { testStack } from '../test/stack.ts'
import { MonitoredDomain } from './domain/monitored-domain.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const record = 'v=DMARC1; p=none; pct=50'

it('prints warnings once while the app is synthesised', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { app, stack } = testStack()
  new MonitoredDomain(stack, 'a', { address: 'a.test', hostedDmarc: { record } })
  app.synth()
  const lines = write.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('pct'))
  expect(lines).toEqual([expect.stringMatching(/^\[stack\/a\] warning: hostedDmarc\.record: .*pct.*\n$/)])
})

it("leaves warnings to the framework's command line where that runs the app", () => {
  vi.stubEnv('CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS', 'true')
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { app, stack } = testStack()
  const domain = new MonitoredDomain(stack, 'a', { address: 'a.test', hostedDmarc: { record } })
  app.synth()
  expect(write).not.toHaveBeenCalled()
  expect(domain.node.metadata).toContainEqual(expect.objectContaining({ data: expect.stringContaining('pct') }))
})
