import { suite } from '../vitest.shared.ts'

export default suite('bench', { include: ['*.test.ts'] })
