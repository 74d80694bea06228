import { DomainVerification } from '@dmarc-as-code/cdktf/l1'
import { stack } from './stack.ts'

new DomainVerification(stack, 'verification', { domainId: 'example.com', timeouts: { create: '1h' } })
