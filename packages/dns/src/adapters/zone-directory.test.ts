import { describe, expect, it } from 'vitest'
import type { HostedZone } from '../engine/types.ts'
import { ZoneDirectory } from './zone-directory.ts'

const pageSize = 10

function account(count: number) {
  const zones: HostedZone[] = Array.from({ length: count }, (_, index) => ({ id: `Z${index}`, name: `z${index}.test` }))
  const asked = { pages: 0, names: 0 }
  const time = { now: 0 }
  const directory = new ZoneDirectory({
    async page(position = 0) {
      asked.pages++
      const from = Number(position)
      const next = from + pageSize < zones.length ? from + pageSize : undefined
      return { zones: zones.slice(from, from + pageSize), next }
    },
    async lookUp() {
      asked.names++
      return zones
    },
    keyOf: (name) => name.split('.').slice(-2).join('.'),
    clock: () => time.now,
  })
  const find = async (name: string, options = {}) => (await directory.holding(name, options)).map(({ id }) => id)
  return { zones, asked, time, find }
}

describe('the zones of an account', () => {
  it('are listed once for a fleet, one after the other or side by side', async () => {
    const { asked, find } = account(10)
    for (let index = 0; index < 5; index++) expect(await find(`_dmarc.z${index}.test`)).toEqual([`Z${index}`])
    await Promise.all([5, 6, 7].map((index) => find(`z${index}.test`)))
    expect(asked).toEqual({ pages: 1, names: 0 })
  })

  it('are looked up by name where they are many and few of them wanted, and listed where more follow', async () => {
    const { asked, find } = account(200)
    for (let index = 0; index < 8; index++) expect(await find(`z${index}.test`)).toEqual([`Z${index}`])
    expect(asked).toEqual({ pages: 1, names: 8 })
    for (let index = 8; index < 200; index++) expect(await find(`z${index}.test`)).toEqual([`Z${index}`])
    expect(asked).toEqual({ pages: 21, names: 8 })
  })

  it('are looked up once for the names of a domain', async () => {
    const { asked, find } = account(200)
    await find('z0.test')
    await Promise.all(['_dmarc', 'mta-sts', '_smtp._tls'].map((label) => find(`${label}.z1.test`)))
    expect(asked).toEqual({ pages: 1, names: 2 })
  })

  it('are listed again after a minute, in a large account only when as many names were wanted as it has pages', async () => {
    const small = account(3)
    await small.find('z0.test')
    small.time.now = 59_999
    await small.find('z1.test')
    expect(small.asked).toEqual({ pages: 1, names: 0 })
    small.time.now = 60_000
    await small.find('z1.test')
    expect(small.asked).toEqual({ pages: 2, names: 0 })
    const large = account(30)
    for (let index = 0; index < 9; index++) await large.find(`z${index}.test`)
    expect(large.asked).toEqual({ pages: 4, names: 8 })
    large.time.now = 60_000
    for (let index = 0; index < 3; index++) await large.find(`z${index}.test`)
    expect(large.asked).toEqual({ pages: 4, names: 11 })
    await large.find('z3.test')
    expect(large.asked).toEqual({ pages: 7, names: 11 })
  })

  it('are asked for by name when one is missing in the list, or when they shall be fresh', async () => {
    const { zones, asked, find } = account(1)
    await find('z0.test')
    zones.push({ id: 'new', name: 'new.test' }, { id: 'sub', name: 'sub.z0.test' })
    expect(await find('_dmarc.new.test')).toEqual(['new'])
    expect(await find('_dmarc.sub.z0.test')).toEqual(['Z0'])
    expect(await find('_dmarc.sub.z0.test', { fresh: true })).toEqual(['Z0', 'sub'])
    expect(asked).toEqual({ pages: 1, names: 2 })
  })

  it('are listed by the next one when the first is aborted', async () => {
    const { find } = account(1)
    const abort = AbortSignal.abort(new Error('enough'))
    const first = find('z0.test', { signal: abort })
    const second = find('z0.test')
    await expect(first).rejects.toThrow('enough')
    expect(await second).toEqual(['Z0'])
  })
})
