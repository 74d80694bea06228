import { Tag } from '@dmarc-as-code/cdktf/l1'
import { stack } from './stack.ts'

new Tag(stack, 'production', { name: 'Production', color: '#10B981' })
