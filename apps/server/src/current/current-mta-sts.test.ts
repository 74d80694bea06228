import type { PolicyAnswer } from '@dmarc-as-code/dns/verify'
import type { DnsRecord } from '@dmarc-as-code/dns/wire'
import { describe, expect, it } from 'vitest'
import { currentMtaSts } from './current-mta-sts.ts'
import { found } from './found.ts'
import type { LookUp } from './look-up.ts'

const records: readonly DnsRecord[] = [
  { name: '_mta-sts.example.test', type: 'TXT', ttl: 60, data: 'v=STSv1; id=1;', strings: ['v=STSv1; id=1;'] },
  { name: 'mta-sts.example.test', type: 'A', ttl: 60, data: '192.0.2.1' },
]
const lookUp: LookUp = async (name, type) => found(records.filter((one) => one.name === name && one.type === type))
const place = {
  domain: 'example.test',
  targets: { mta_sts_policy: 'k.mta-sts.hosted.test', mta_sts_id: 'k.sts-id.hosted.test' },
  served: null,
}

describe('the MTA-STS policy that is live', () => {
  const read = (status: number, body = '') => {
    const answer: PolicyAnswer = { ok: true, address: '192.0.2.1', status, contentType: 'text/plain', body }
    return currentMtaSts(place, lookUp, { fetch: async () => answer })
  }

  it.each([429, 500, 503])(
    'is not known while its host answers %i, so that nothing weaker is taken over',
    async (status) => {
      expect(await read(status)).toEqual({ known: false, message: expect.stringContaining(`HTTP status ${status}`) })
    },
  )

  it('is none where its host has no file, and else what the file says', async () => {
    expect(await read(404)).toEqual({ known: true, value: { policy: null, leadsHere: false } })
    const file = 'version: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: 604800\n'
    expect(await read(200, file)).toMatchObject({ known: true, value: { policy: { tags: { mode: 'enforce' } } } })
  })
})
