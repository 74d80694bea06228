import { serve } from '@dmarc-as-code/terraform-plugin'

void serve(() => import('./provider.ts'))
