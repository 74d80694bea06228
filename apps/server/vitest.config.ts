import type { ViteUserConfig } from 'vitest/config'
import { suite } from '../../vitest.shared.ts'

const config: ViteUserConfig = {
  ...suite('server'),
  // These also reach Node's own require(); with `import` among them pg would load an ES module where it wants a class.
  ssr: { resolve: { conditions: ['@dmarc-as-code/source', 'node'] } },
}

export default config
