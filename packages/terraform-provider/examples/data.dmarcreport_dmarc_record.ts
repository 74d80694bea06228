import { DataDmarcreportDmarcRecord } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const generated = new DataDmarcreportDmarcRecord(stack, 'generated', { domainId: 'example.com', policy: 'reject' })
new TerraformOutput(stack, 'record', { value: generated.record })
