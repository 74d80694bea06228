import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SealError, sealer } from './sealing.ts'

describe('the secrets in the store', () => {
  const [one, two] = [randomBytes(32), randomBytes(32)]
  const secret = 'PRIVATE KEY ü'

  it('are opened with the key that sealed them, and differ each time', () => {
    const { seal, open } = sealer([one])
    const sealed = seal(secret, 'account')
    expect(sealed).not.toBe(seal(secret, 'account'))
    expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64').toString()).not.toContain('PRIVATE')
    expect(open(sealed, 'account')).toBe(secret)
  })

  it('stay readable while a key is replaced by another', () => {
    const sealed = sealer([one]).seal(secret, 'account')
    const both = sealer([two, one])
    expect(both.open(sealed, 'account')).toBe(secret)
    expect(sealer([two]).open(both.seal(secret, 'account'), 'account')).toBe(secret)
  })

  it('cannot be opened with another key, which the message names without telling the key', () => {
    const sealed = sealer([one]).seal(secret, 'account')
    const open = () => sealer([two]).open(sealed, 'account')
    expect(open).toThrow(SealError)
    expect(open).toThrow(/storeKeyFile to the key of the other processes/)
    for (const key of [one, two]) expect(open).not.toThrow(key.toString('base64').slice(0, 12))
  })

  it('cannot be put in the place of others, changed or cut', () => {
    const { seal, open } = sealer([one])
    const sealed = seal(secret, 'certificate a.test')
    expect(() => open(sealed, 'certificate b.test')).toThrow(SealError)
    const parts = sealed.split('.')
    for (const index of [2, 3, 4]) {
      const bytes = Buffer.from(parts[index] ?? '', 'base64')
      bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0)
      expect(() => open(parts.with(index, bytes.toString('base64')).join('.'), 'certificate a.test')).toThrow(SealError)
      expect(() => open(parts.with(index, '').join('.'), 'certificate a.test')).toThrow(SealError)
    }
    for (const wrong of ['', 'v1', 'v2.a.b.c.d', secret]) expect(() => open(wrong, 'x')).toThrow(SealError)
  })
})
