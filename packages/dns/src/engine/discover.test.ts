import { describe, expect, it } from 'vitest'
import { world } from '../../test/world.ts'
import { createAdapter } from '../adapters/create.ts'
import { discover } from './discover.ts'

describe('discover', () => {
  it('takes a domain as people write it, and says where it is hosted and how to write there', async () => {
    const { resolver } = world({ ns: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'] })
    const found = await discover('Mail.Example.TEST.', { resolver })
    expect(found).toMatchObject({ zone: 'example.test', relativeName: 'mail', service: { title: 'Cloudflare' } })
    const type = found.service?.adapter
    expect((await createAdapter({ type, apiToken: 'x' })).label).toBe('Cloudflare')
  })

  it('takes Unicode for its A-labels', async () => {
    const { resolver } = world()
    expect((await discover('bücher.example.test', { resolver })).relativeName).toBe('xn--bcher-kva')
  })

  it('fails on what is no domain, and says why', async () => {
    await expect(discover('exa mple', world())).rejects.toThrow(/"exa mple" is not a domain name/)
  })
})
