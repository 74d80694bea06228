import type { GenerateDmarcRecordInput, MtaStsPolicyInput } from '@dmarc-as-code/client'

/** A domain of the main job. Each lies in a customer zone that the sandbox serves. */
export interface SampleDomain {
  address: string
  why: string
  parked: boolean
  tags: string[]
  dmarc?: GenerateDmarcRecordInput
  mtaSts?: MtaStsPolicyInput
}

/** One domain with everything, one with hosted DMARC only (and an old record in the way), one that sends no mail. */
export const sampleDomains: readonly SampleDomain[] = [
  {
    address: 'example.test',
    why: 'live, hosted DMARC and MTA-STS',
    parked: false,
    tags: ['Production'],
    dmarc: { p: 'quarantine', t: 'y' },
    mtaSts: { mode: 'testing', mx: ['mail.example.test'], mx_age: 7 },
  },
  {
    address: 'shop.test',
    why: 'live, hosted DMARC; an old record stands in the way',
    parked: false,
    tags: ['Client A'],
    dmarc: { p: 'none' },
  },
  { address: 'parked.test', why: 'parked, rejects everything', parked: true, tags: [] },
]
