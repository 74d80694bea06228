import { Account } from '@dmarc-as-code/cdktf/l1'
import { stack } from './stack.ts'

new Account(stack, 'client', { title: 'Client A' })
