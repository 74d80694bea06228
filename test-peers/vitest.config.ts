import { suite } from '../vitest.shared.ts'

export default suite('peers', { include: ['*.peer.ts'], testTimeout: 60_000, hookTimeout: 120_000 })
