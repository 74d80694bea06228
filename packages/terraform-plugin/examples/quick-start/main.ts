import { serve } from '@dmarc-as-code/terraform-plugin/serve'

await serve(() => import('./provider.ts'))
