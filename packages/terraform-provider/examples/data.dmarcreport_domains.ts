import { DataDmarcreportDomains } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const unhosted = new DataDmarcreportDomains(stack, 'unhosted', { tag: 'Production', hosted: false })
new TerraformOutput(stack, 'to_do', { value: unhosted.addresses })
