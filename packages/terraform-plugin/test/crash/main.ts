import { serve } from '../../src/serve.ts'

await serve(() => import('./provider.ts'))
