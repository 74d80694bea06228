import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

new TerraformOutput(stack, 'parse_dmarc_record_function', {
  value: '${provider::dmarcreport::parse_dmarc_record("v=DMARC1; p=reject; rua=mailto:dmarc@example.com").policy}',
})
