import { DmarcreportProvider } from '@dmarc-as-code/cdktf'
import { stack } from './stack.ts'

// id, slug or title; the token comes from DMARCREPORT_TOKEN
new DmarcreportProvider(stack, 'dmarcreport', { account: 'acme' })
