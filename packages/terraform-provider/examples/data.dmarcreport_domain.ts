import { DataDmarcreportDomain } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const found = new DataDmarcreportDomain(stack, 'found', { address: 'example.com' })
new TerraformOutput(stack, 'dmarc_record', { value: found.hostedDmarc.publishedRecord })
