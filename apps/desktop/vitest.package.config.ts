import { suite } from '../../vitest.shared.ts'

export default suite('desktop-package', {
  include: ['e2e/**/*.package.ts'],
  fileParallelism: false,
  testTimeout: 180_000,
  hookTimeout: 240_000,
})
