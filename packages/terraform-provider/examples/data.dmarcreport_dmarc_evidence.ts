import { DataDmarcreportDmarcEvidence } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const evidence = new DataDmarcreportDmarcEvidence(stack, 'evidence', {
  domainId: 'example.com',
  target: 'quarantine',
})
new TerraformOutput(stack, 'missing', { value: evidence.message })
