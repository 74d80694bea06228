import type { ViteUserConfig } from 'vitest/config'
import { suite } from '../../vitest.shared.ts'

const config: ViteUserConfig = {
  ...suite('client'),
  // As in the server, which one test starts: with `import` among the conditions its require() of pg would get an ES module.
  ssr: { resolve: { conditions: ['@dmarc-as-code/source', 'node'] } },
}

export default config
