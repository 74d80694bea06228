import { DataDmarcreportStatusChanges } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const shop = new DataDmarcreportStatusChanges(stack, 'shop', { domainId: 'shop.example.com', limit: 20 })
new TerraformOutput(stack, 'changes', { value: shop.changes })
