import { serve } from '../../src/serve.ts'

await serve(() => import('./provider.ts'), { debug: { address: process.argv[2] as string } })
