import { DataDmarcreportHostedServices } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const shop = new DataDmarcreportHostedServices(stack, 'shop', { domainId: 'shop.example.com' })
new TerraformOutput(stack, 'cnames', { value: shop.cnames })
