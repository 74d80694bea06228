import { DnsRecords, Domain } from '@dmarc-as-code/cdktf/l1'
import { Token } from 'cdktf'
import { stack } from './stack.ts'

const example = new Domain(stack, 'published', { address: 'example.com', hostedDmarc: {} })
new DnsRecords(stack, 'records', {
  records: Token.asAny(example.cnames),
  onConflict: 'replace', // what made way is put back on destroy
  route53: {}, // credentials from the usual AWS chain
})
