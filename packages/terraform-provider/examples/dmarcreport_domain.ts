import { Domain } from '@dmarc-as-code/cdktf/l1'
import { stack } from './stack.ts'

new Domain(stack, 'example', {
  address: 'example.com',
  tags: ['Production'],
  hostedDmarc: { policy: 'quarantine', testMode: true, extraRua: ['dmarc@example.com'] },
  hostedMtaSts: { mode: 'testing', mx: ['mx1.example.com', '*.mail.example.net'] },
})

// A domain that sends no mail.
new Domain(stack, 'parked', { address: 'example.org', parked: true, hostedDmarc: {} })
