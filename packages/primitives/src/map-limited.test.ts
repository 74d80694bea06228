import { describe, expect, it } from 'vitest'
import { eachLimited, mapLimited } from './map-limited.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Work that ends when the test says so. */
function controlled<Item>() {
  const open = new Map<Item, { resolve(): void; reject(error: Error): void; signal: AbortSignal }>()
  const started: Item[] = []
  const work = (item: Item, _index: number, signal: AbortSignal) => {
    started.push(item)
    return new Promise<string>((resolve, reject) => {
      open.set(item, { resolve: () => resolve(`${item}!`), reject, signal })
    })
  }
  const at = (item: Item) => {
    const entry = open.get(item)
    if (!entry) throw new Error(`${item} has not started`)
    return entry
  }
  return { work, started, at }
}

describe('mapLimited', () => {
  it('keeps the order of the items and the limit', async () => {
    let running = 0
    let most = 0
    const results = await mapLimited([5, 1, 3, 2, 4], 2, async (item, index) => {
      most = Math.max(most, ++running)
      for (let turns = 0; turns < item; turns++) await turn()
      running--
      return item * 10 + index
    })
    expect(results).toEqual([50, 11, 32, 23, 44])
    expect(most).toBe(2)
  })

  it('answers an empty list without any work', async () => {
    await expect(mapLimited([], 3, () => Promise.reject(new Error('never')))).resolves.toEqual([])
  })

  it('starts nothing more after a failure, aborts what runs, and throws once that has ended', async () => {
    const { work, started, at } = controlled<number>()
    const result = mapLimited([1, 2, 3, 4], 2, work)
    let settled = false
    result
      .catch(() => {})
      .finally(() => {
        settled = true
      })
    await turn()
    at(1).reject(new Error('one'))
    await turn()
    expect(at(2).signal.aborted).toBe(true)
    expect(settled).toBe(false)
    at(2).resolve()
    await expect(result).rejects.toThrow('one')
    expect(started).toEqual([1, 2])
  })

  it('reports the first failure, and no later one as unhandled', async () => {
    const { work, at } = controlled<number>()
    const result = mapLimited([1, 2], 2, work)
    await turn()
    at(2).reject(new Error('two'))
    at(1).reject(new Error('one'))
    await expect(result).rejects.toThrow('two')
  })

  it('takes a throw of the work for a failure', async () => {
    const result = mapLimited([1], 1, () => {
      throw new Error('thrown')
    })
    await expect(result).rejects.toThrow('thrown')
  })

  it('stops when the caller aborts, and rejects with the reason of the signal', async () => {
    const abort = new AbortController()
    const { work, started, at } = controlled<number>()
    const result = mapLimited([1, 2], 1, work, { signal: abort.signal })
    await turn()
    abort.abort('enough')
    expect(at(1).signal.reason).toBe('enough')
    at(1).resolve()
    await expect(result).rejects.toBe('enough')
    expect(started).toEqual([1])
    await expect(mapLimited([1], 1, work, { signal: AbortSignal.abort('before') })).rejects.toBe('before')
    expect(started).toEqual([1])
  })

  it('refuses a limit under which nothing would ever start', async () => {
    for (const limit of [0, -1, Number.NaN]) {
      await expect(mapLimited([1], limit, () => Promise.resolve())).rejects.toThrow(RangeError)
    }
  })
})

describe('eachLimited', () => {
  it('yields results as they come', async () => {
    const { work, at } = controlled<string>()
    const results = eachLimited(['a', 'b', 'c'], 2, work)
    const first = results.next()
    await turn()
    at('b').resolve()
    expect((await first).value).toEqual({ item: 'b', index: 1, result: 'b!' })
    await turn()
    at('c').resolve()
    expect((await results.next()).value).toMatchObject({ item: 'c' })
    at('a').resolve()
    expect((await results.next()).value).toMatchObject({ item: 'a', index: 0 })
    expect(await results.next()).toEqual({ done: true, value: undefined })
  })

  it('reads no further ahead than the limit while no results are taken', async () => {
    let read = 0
    function* endless() {
      for (;;) yield read++
    }
    const results = eachLimited(endless(), 3, async (item) => item)
    await results.next()
    for (let turns = 0; turns < 10; turns++) await turn()
    expect(read).toBeLessThanOrEqual(8)
    await results.return()
  })

  it('yields what is there while the source is slow', async () => {
    let more = () => {}
    async function* source() {
      yield 1
      await new Promise<void>((resolve) => {
        more = resolve
      })
      yield 2
    }
    const results = eachLimited(source(), 5, async (item) => item)
    expect((await results.next()).value).toMatchObject({ result: 1 })
    more()
    expect((await results.next()).value).toMatchObject({ result: 2 })
    expect((await results.next()).done).toBe(true)
  })

  it('fails with the failure of its source', async () => {
    async function* source() {
      yield 1
      throw new Error('source')
    }
    const results = eachLimited(source(), 1, async (item) => item)
    expect((await results.next()).value).toMatchObject({ result: 1 })
    await expect(results.next()).rejects.toThrow('source')
  })

  it('aborts what runs, and waits for it, when the loop is left early', async () => {
    const { work, started, at } = controlled<number>()
    const results = eachLimited([1, 2, 3, 4], 2, work)
    const first = results.next()
    await turn()
    at(1).resolve()
    await first
    let left = false
    const leaving = results.return().then(() => {
      left = true
    })
    await turn()
    expect(at(2).signal.aborted).toBe(true)
    expect(left).toBe(false)
    for (const item of started.slice(1)) at(item).resolve()
    await leaving
    expect(started).not.toContain(4)
  })
})
