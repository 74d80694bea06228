import { expect, it } from 'vitest'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { isApplicable, plan } from './plan.ts'
import { withoutObstacles } from './without-obstacles.ts'

it('leaves out what cannot be applied, and the other name of an MTA-STS policy with it', async () => {
  const zone = 'example.test'
  const names = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls', 'mta-sts.sub', '_mta-sts.sub']
  const sets = [{ name: `mta-sts.${zone}`, type: 'A', ttl: 60, values: ['192.0.2.1'] }]
  const adapter = memoryAdapter({ zones: { [zone]: sets } })
  const wanted = names.map((name) => ({ name: `${name}.${zone}`, type: 'CNAME' as const, value: 'k.hosted.test' }))
  const { plan: part, skipped } = withoutObstacles(await plan(wanted, adapter))
  expect(isApplicable(part)).toBe(true)
  expect(skipped.map(({ record }) => record.name)).toEqual([`mta-sts.${zone}`, `_mta-sts.${zone}`])
  expect(part.items.map(({ record }) => record.name)).toEqual(
    ['_dmarc', '_smtp._tls', 'mta-sts.sub', '_mta-sts.sub'].map((name) => `${name}.${zone}`),
  )
})
