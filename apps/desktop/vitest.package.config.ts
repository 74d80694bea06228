import { suite } from '../../vitest.shared.ts'

export default suite('desktop-package', {
  include: ['e2e/**/*.package.ts'],
  fileParallelism: false,
  // Each wait has a limit of its own and says what it waited for; these are only for what waits for ever.
  testTimeout: 400_000,
  hookTimeout: 400_000,
})
