import { describe, expect, it } from 'vitest'
import { cachedToken, type TokenSource } from './oauth.ts'

describe('a cached token', () => {
  const source = (): { asked: number; get: TokenSource } => {
    const self = {
      asked: 0,
      get: (signal: AbortSignal | undefined) => {
        const value = `t${++self.asked}`
        return new Promise<{ value: string; expiresAt: number }>((resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason))
          setTimeout(() => resolve({ value, expiresAt: 600_000 }), 5)
        })
      },
    }
    return self
  }

  it('is fetched once for all who ask, and again a minute before it expires', async () => {
    let now = 0
    const { get } = source()
    const token = cachedToken(get, () => now)
    const values = async () => (await Promise.all([token(undefined), token(undefined)])).map(({ value }) => value)
    expect(await values()).toEqual(['t1', 't1'])
    now = 539_999
    expect(await values()).toEqual(['t1', 't1'])
    now = 540_000
    expect(await values()).toEqual(['t2', 't2'])
  })

  it('is fetched again for the others when the request that fetched it is aborted', async () => {
    const { get } = source()
    const token = cachedToken(get, () => 0)
    const abort = new AbortController()
    const first = token(abort.signal)
    const others = [token(undefined), token(undefined)]
    abort.abort(new Error('enough'))
    await expect(first).rejects.toThrow('enough')
    expect((await Promise.all(others)).map(({ value }) => value)).toEqual(['t2', 't2'])
  })

  it('fails once for all when it is refused, so that a wrong secret is not sent over and over', async () => {
    let asked = 0
    const token = cachedToken(
      async () => {
        asked++
        throw new Error('invalid_client')
      },
      () => 0,
    )
    const all = await Promise.allSettled([token(undefined), token(undefined), token(undefined)])
    expect([asked, all.map(({ status }) => status)]).toEqual([1, ['rejected', 'rejected', 'rejected']])
  })
})
