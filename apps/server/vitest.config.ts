import { suite } from '../../vitest.shared.ts'

// A condition is waited for much longer than it takes: the machine may be busy, and nothing fails by waiting.
export default suite('server', { expect: { poll: { timeout: 15_000 } } })
