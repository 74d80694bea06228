import { DataDmarcreportDnsLookup } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const dmarc = new DataDmarcreportDnsLookup(stack, 'dmarc_now', { name: '_dmarc.example.com' })
new TerraformOutput(stack, 'in_the_way', { value: dmarc.message })
