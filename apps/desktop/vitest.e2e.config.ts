import { suite } from '../../vitest.shared.ts'

export default suite('desktop-e2e', {
  include: ['e2e/**/*.e2e.ts'],
  // One app at a time: they share the tray, the notifications and the display.
  fileParallelism: false,
  testTimeout: 90_000,
  hookTimeout: 90_000,
})
