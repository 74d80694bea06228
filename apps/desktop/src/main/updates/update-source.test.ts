import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { updateSource } from './update-source.ts'

const publicKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
const builtIn = JSON.stringify({ publicKey, feed: 'https://releases.example/watch' })
const packaged = { isPackaged: true, builtIn, override: undefined }

describe('the source of updates', () => {
  it('is what was built in', () => {
    expect(updateSource(packaged)).toMatchObject({ feed: 'https://releases.example/watch' })
  })

  it('can be elsewhere, for a mirror, but never with another key', () => {
    const source = updateSource({ ...packaged, override: 'https://mirror.example/' })
    expect(source).toMatchObject({ feed: 'https://mirror.example/' })
    if ('off' in source) throw new Error(source.off)
    expect(source.publicKey.export({ type: 'spki', format: 'pem' })).toBe(publicKey)
    expect(updateSource({ isPackaged: true, builtIn: undefined, override: 'https://mirror.example/' })).toHaveProperty(
      'off',
    )
  })

  it('is nothing in a copy started from its source, nor where it is switched off', () => {
    expect(updateSource({ ...packaged, isPackaged: false })).toHaveProperty('off')
    expect(updateSource({ ...packaged, override: '' })).toHaveProperty('off')
    expect(updateSource({ ...packaged, builtIn: JSON.stringify({ publicKey }) })).toHaveProperty('off')
  })

  it('fails in words without https', () => {
    expect(updateSource({ ...packaged, override: 'http://mirror.example' })).toEqual({
      off: 'The update feed must be an https address. Found http://mirror.example',
    })
  })
})
