import { describe, expect, it } from 'vitest'
import { readAllPages } from './pager.ts'

const pages = (lists: readonly (readonly number[])[]) => async (position: number | undefined) => {
  const index = position ?? 0
  return { items: lists[index] ?? [], next: index + 1 < lists.length ? index + 1 : undefined }
}

describe('readAllPages', () => {
  it('reads every page in order', async () => {
    expect(await readAllPages(pages([[1, 2], [3], [4]]), { service: 'google' })).toEqual([1, 2, 3, 4])
  })

  it('reads on behind an empty page, as filters of a service may leave one', async () => {
    expect(await readAllPages(pages([[1], [], [3]]), { service: 'google' })).toEqual([1, 3])
  })

  it('fails when the same position is offered twice', async () => {
    const read = async () => ({ items: [1], next: 'again' })
    await expect(readAllPages(read, { service: 'google' })).rejects.toMatchObject({ kind: 'bad-answer' })
  })

  it('ends when a service that ignores the position gives nothing new', async () => {
    let asked = 0
    const read = async () => ({ items: [1, 2], next: ++asked })
    expect(await readAllPages(read, { service: 'digitalocean', idOf: (item) => item })).toEqual([1, 2])
    expect(asked).toBe(2)
  })

  it('stops between pages once it is aborted', async () => {
    const abort = new AbortController()
    const read = async () => {
      abort.abort(new Error('enough'))
      return { items: [1], next: 1 }
    }
    await expect(readAllPages(read, { service: 'google', signal: abort.signal })).rejects.toThrow('enough')
  })
})
