import { describe } from 'vitest'
import { linesOf } from '../../../../../test-support/zone-dump.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { memoryAdapter } from './adapter.ts'

describe('the reference in memory', () => {
  adapterContract(async () => {
    const zone = 'example.test'
    const adapter = memoryAdapter({ zones: { [zone]: contractSets(zone) } })
    return { adapter, zone, dump: async () => linesOf(adapter.dump(zone)), close: async () => {} }
  })
})
