import { describe, expect, it } from 'vitest'
import { world } from '../../test/world.ts'
import { createAdapter } from '../adapters/create.ts'
import { discoverZone } from './zone-discovery.ts'

describe('finding the zone of a domain', () => {
  it('takes a domain as people write it, and gives its zone, who hosts it and how to write there', async () => {
    const { resolver } = world({ ns: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'] })
    const found = await discoverZone({ name: 'Mail.Example.TEST.', resolver })
    expect(found).toMatchObject({ zone: 'example.test', relativeName: 'mail', service: { title: 'Cloudflare' } })
    const type = found.service?.adapter
    expect((await createAdapter({ type, apiToken: 'x' })).label).toBe('Cloudflare')
  })

  it('takes Unicode for its A-labels', async () => {
    const { resolver } = world()
    expect((await discoverZone({ name: 'bücher.example.test', resolver })).relativeName).toBe('xn--bcher-kva')
  })

  it('fails on what is no domain, and says why', async () => {
    await expect(discoverZone({ name: 'exa mple', resolver: world().resolver })).rejects.toThrow(
      /"exa mple" is not a domain name/,
    )
  })
})
