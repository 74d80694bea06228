import { suite } from '../../vitest.shared.ts'

export default suite('desktop-e2e', {
  include: ['e2e/**/*.e2e.ts'],
  // One app at a time: they share the tray, the notifications and the display.
  fileParallelism: false,
  // A real keyring on a busy machine can be slower than the app's patience with it; a fault fails twice.
  retry: 1,
  testTimeout: 90_000,
  hookTimeout: 90_000,
})
