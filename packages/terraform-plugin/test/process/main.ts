import { serve } from '../../src/wire/serve.ts'

await serve(() => import('./disk-provider.ts'))
