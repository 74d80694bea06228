import { DataDmarcreportAccounts } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const all = new DataDmarcreportAccounts(stack, 'all', {})
new TerraformOutput(stack, 'accounts', { value: all.accounts })
