import { describe, expect, it } from 'vitest'
import { Problem } from '../rules/problem.ts'
import { looksOnDemand } from './looks-on-demand.ts'

/** Looks that end when the test says so. */
function scriptedLooks(limits: { perToken: number; total: number }) {
  const looks = looksOnDemand(limits)
  const begun: string[] = []
  const open = new Map<string, PromiseWithResolvers<string>>()
  const run = (token: number, what: string) =>
    looks.run(token, what, () => {
      begun.push(what)
      const look = Promise.withResolvers<string>()
      open.set(what, look)
      return look.promise
    })
  return { run, begun, open }
}

const refusal = (call: () => unknown): Problem => {
  try {
    call()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  return expect.unreachable('the look began')
}

describe('looks that requests ask for', () => {
  it('are shared by requests for the same domain, of whatever token', async () => {
    const { run, begun, open } = scriptedLooks({ perToken: 1, total: 1 })
    const both = [run(1, 'verify 41 dmarc'), run(2, 'verify 41 dmarc')]
    open.get('verify 41 dmarc')?.resolve('ready')
    expect(await Promise.all(both)).toEqual(['ready', 'ready'])
    expect(begun).toHaveLength(1)
    void run(1, 'verify 41 dmarc')
    expect(begun).toHaveLength(2)
  })

  it('are refused with 429 where a token has too many, and another token is not affected', () => {
    const { run, begun } = scriptedLooks({ perToken: 2, total: 10 })
    for (const what of ['a', 'b']) void run(1, what)
    expect(refusal(() => run(1, 'c'))).toMatchObject({ status: 429, retryAfter: 2 })
    void run(2, 'c')
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  it('are refused with 429 where all tokens together have too many', () => {
    const { run } = scriptedLooks({ perToken: 2, total: 3 })
    for (const token of [1, 2, 3]) void run(token, `look of ${token}`)
    expect(refusal(() => run(4, 'one more'))).toMatchObject({ status: 429 })
  })

  it('make room when they end, also when they fail', async () => {
    const { run, open } = scriptedLooks({ perToken: 1, total: 1 })
    for (const what of ['a', 'b', 'c']) {
      const look = run(1, what)
      open.get(what)?.reject(new Error('no answer'))
      await expect(look).rejects.toThrow('no answer')
    }
    const looks = looksOnDemand({ perToken: 1, total: 1 })
    const bug = () => {
      throw new Error('a look that fails before it begins')
    }
    for (let time = 0; time < 3; time++) await expect(looks.run(1, 'd', bug)).rejects.toThrow('before it begins')
  })
})
