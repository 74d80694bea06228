import { DataDmarcreportAccount } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const acme = new DataDmarcreportAccount(stack, 'acme', { slug: 'acme' })
new TerraformOutput(stack, 'account_id', { value: acme.id })
