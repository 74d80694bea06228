import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { updateSource } from './update-source.ts'

const publicKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
const builtIn = JSON.stringify({ publicKey, feed: 'https://releases.example/watch' })
const packaged = { isPackaged: true, builtIn, override: undefined }

describe('the source of updates', () => {
  test('is what was built in', () => {
    expect(updateSource(packaged)).toMatchObject({ feed: 'https://releases.example/watch' })
  })

  test('can be elsewhere, for a mirror, but never with another key', () => {
    const source = updateSource({ ...packaged, override: 'https://mirror.example/' })
    expect(source).toMatchObject({ feed: 'https://mirror.example/' })
    if ('off' in source) throw new Error(source.off)
    expect(source.publicKey.export({ type: 'spki', format: 'pem' })).toBe(publicKey)
    expect(updateSource({ isPackaged: true, builtIn: undefined, override: 'https://mirror.example/' })).toHaveProperty(
      'off',
    )
  })

  test('is nothing in a copy started from its source, nor where it is switched off', () => {
    expect(updateSource({ ...packaged, isPackaged: false })).toHaveProperty('off')
    expect(updateSource({ ...packaged, override: '' })).toHaveProperty('off')
    expect(updateSource({ ...packaged, builtIn: JSON.stringify({ publicKey }) })).toHaveProperty('off')
  })

  test('fails in words without https', () => {
    expect(updateSource({ ...packaged, override: 'http://mirror.example' })).toEqual({
      off: 'The place to look must be an https address, found http://mirror.example',
    })
  })
})
