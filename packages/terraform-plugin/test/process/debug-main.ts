import { serve } from '../../src/serve.ts'

await serve(() => import('./disk-provider.ts'), { debug: { address: 'registry.test/test/disk' } })
