import { suite } from '../vitest.shared.ts'

export default suite('scripts', { include: ['**/*.test.ts', '../test-support/**/*.test.ts'] })
