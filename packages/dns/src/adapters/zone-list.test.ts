import { describe, expect, it } from 'vitest'
import { zoneList } from './zone-list.ts'

describe('zoneList', () => {
  it('finds the longest zone that holds a name, and none that only ends like it', async () => {
    const zones = ['example.test', 'sub.example.test'].map((name) => ({ id: name, name }))
    const find = zoneList(
      async () => zones,
      () => 0,
    )
    expect(await find('_dmarc.sub.example.test')).toMatchObject({ name: 'sub.example.test' })
    expect(await find('_DMARC.Example.test.')).toMatchObject({ name: 'example.test' })
    expect(await find('notexample.test')).toBeUndefined()
  })

  it('lists once for a minute, unless it is asked afresh', async () => {
    let now = 0
    let lists = 0
    const find = zoneList(
      async () => {
        lists++
        return [{ id: '1', name: 'example.test' }]
      },
      () => now,
    )
    await Promise.all([find('a.example.test'), find('b.example.test')])
    await find('c.example.test')
    expect(lists).toBe(1)
    await find('c.example.test', { fresh: true })
    expect(lists).toBe(2)
    now = 60_000
    await find('c.example.test')
    expect(lists).toBe(3)
  })
})
