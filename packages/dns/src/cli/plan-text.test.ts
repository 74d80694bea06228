import { expect, it } from 'vitest'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { plan } from '../engine/plan.ts'
import { planText } from './plan-text.ts'

it('says once what holds for every name of a zone', async () => {
  const adapter = memoryAdapter({ zones: { 'example.test': [] } })
  const records = ['_dmarc', 'mta-sts', '_mta-sts'].map((label) => ({
    name: `${label}.example.test`,
    type: 'CNAME' as const,
    value: 'key.hosted.test',
  }))
  const text = planText(await plan(records, adapter, { delegation: async () => [] }))
  expect(text.match(/to no server/g)).toHaveLength(1)
  expect(text).toContain('_dmarc.example.test and 2 more: The public DNS delegates example.test to no server')
})
