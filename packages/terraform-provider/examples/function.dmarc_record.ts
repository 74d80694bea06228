import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

new TerraformOutput(stack, 'dmarc_record_function', {
  value: '${provider::dmarcreport::dmarc_record({ policy = "reject", rua = ["dmarc@example.com"] })}',
})
