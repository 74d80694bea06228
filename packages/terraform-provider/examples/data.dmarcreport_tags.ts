import { DataDmarcreportTags } from '@dmarc-as-code/cdktf/l1'
import { TerraformOutput } from 'cdktf'
import { stack } from './stack.ts'

const tags = new DataDmarcreportTags(stack, 'tags', {})
new TerraformOutput(stack, 'tag_names', { value: tags.names })
