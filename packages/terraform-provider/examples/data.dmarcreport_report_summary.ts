import { DataDmarcreportReportSummary } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const summary = new DataDmarcreportReportSummary(stack, 'summary', { domainId: 'example.com' })
new TerraformOutput(stack, 'own_pass_rate', { value: summary.ownPassRate })
