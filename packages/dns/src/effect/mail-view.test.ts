import { describe, expect, it } from 'vitest'
import { createResolver } from '../observe/resolver.ts'
import { createDnsClient } from '../transport/client.ts'
import type { PolicyAnswer } from '../verify/policy-fetch.ts'
import { mailView } from './mail-view.ts'

describe('the policy file of a live host', () => {
  const resolver = createResolver({ client: createDnsClient(), stubZones: [], recursors: [] })
  const read = (answer: PolicyAnswer) =>
    mailView(resolver, { policies: { fetch: async () => answer } }).policyFile('example.test', ['192.0.2.1'], 'live')
  const served = (status: number): PolicyAnswer => ({
    ok: true,
    address: '192.0.2.1',
    status,
    contentType: 'text/plain',
    body: status === 200 ? 'version: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: 604800\n' : 'later',
  })

  it.each([408, 425, 429, 500, 503])(
    'is not known where the host answers %i, which is no sign that there is none',
    async (status) => {
      expect(await read(served(status))).toEqual({ unknown: expect.stringContaining(`HTTP status ${status}`) })
    },
  )

  it.each([301, 404, 410])('is none where the host answers %i', async (status) => {
    expect(await read(served(status))).toEqual({ value: null })
  })

  it('is what the host serves', async () => {
    expect(await read(served(200))).toEqual({ value: served(200).ok && expect.stringContaining('mode: enforce') })
  })
})
