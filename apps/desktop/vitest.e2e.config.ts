import { suite } from '../../vitest.shared.ts'

export default suite('desktop-e2e', {
  include: ['e2e/**/*.e2e.ts'],
  // One app at a time: they share the tray, the notifications and the display.
  fileParallelism: false,
  // They keep nothing between them, and the server of the sandbox takes seconds to load.
  isolate: false,
  // Each wait has a limit of its own and says what it waited for; these are only for what waits for ever.
  testTimeout: 400_000,
  hookTimeout: 400_000,
})
