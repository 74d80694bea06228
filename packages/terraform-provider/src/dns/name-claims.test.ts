import { describe, expect, it } from 'vitest'
import { NameClaims } from './name-claims.ts'

const signal = new AbortController().signal

describe('claims of names', () => {
  it('belong to the resource that confirmed the name last, for each DNS service of its own', async () => {
    const claims = new NameClaims()
    await claims.confirm('a', ['x.test'], 'new')
    expect(claims.isOthers('a', 'x.test', 'old')).toBe(true)
    expect(claims.isOthers('a', 'x.test', 'new')).toBe(false)
    expect(claims.isOthers('a', 'y.test', 'old')).toBe(false)
    expect(claims.isOthers('b', 'x.test', 'old')).toBe(false)
  })

  it('let work on a common name run one after the other, and other work at the same time', async () => {
    const claims = new NameClaims()
    const log: string[] = []
    let release = () => {}
    const first = claims.exclusively('a', ['x', 'y'], signal, async () => {
      log.push('first begins')
      await new Promise<void>((resolve) => {
        release = resolve
      })
      log.push('first ends')
    })
    const second = claims.exclusively('a', ['y', 'z'], signal, async () => void log.push('second'))
    await claims.exclusively('a', ['z'], signal, async () => void log.push('third'))
    release()
    await Promise.all([first, second])
    expect(log).toEqual(['first begins', 'third', 'first ends', 'second'])
  })

  it('go on after work that failed, and end a wait with its signal', async () => {
    const claims = new NameClaims()
    const fails = async () => Promise.reject(new Error('no'))
    await expect(claims.exclusively('a', ['x'], signal, fails)).rejects.toThrow('no')
    const abort = new AbortController()
    const held = claims.exclusively('a', ['x'], signal, () => new Promise(() => {}))
    const waiting = claims.exclusively('a', ['x'], abort.signal, async () => {})
    abort.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    void held
  })
})
