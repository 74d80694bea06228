import { describe, expect, test } from 'vitest'
import { seal, unseal } from './envelope.ts'
import { type Keytar, KeytarStore } from './keytar-store.ts'
import { SecretStoreError } from './secret-store.ts'

function fakeKeytar(failure?: string): Keytar & { entries: Map<string, string> } {
  const entries = new Map<string, string>()
  const guard = () => {
    if (failure) throw new Error(failure)
  }
  return {
    entries,
    async getPassword(_service, account) {
      guard()
      return entries.get(account) ?? null
    },
    async setPassword(_service, account, password) {
      guard()
      entries.set(account, password)
    },
    async deletePassword(_service, account) {
      guard()
      return entries.delete(account)
    },
  }
}

const store = (keytar: Keytar) => new KeytarStore(async () => keytar, 'Test')

describe('KeytarStore', () => {
  test('gives back what was put in, and leaves no probe behind', async () => {
    const keytar = fakeKeytar()
    await store(keytar).write('token', 'se:cret\n1')
    expect(await store(keytar).read('token')).toEqual({ ok: true, value: 'se:cret\n1' })
    await store(keytar).remove('token')
    expect(await store(keytar).read('token')).toEqual({ ok: false, failure: 'empty' })
    expect([...keytar.entries.keys()]).toEqual([])
  })

  test.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'unavailable'],
    ['Unknown or unsupported transport “disabled” for address “disabled:”', 'unavailable'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'unavailable'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'locked'],
    ['Cannot create an item in a locked collection', 'locked'],
    ['User interaction is not allowed.', 'locked'],
  ])('fails with its own state on "%s"', async (message, failure) => {
    const broken = store(fakeKeytar(message))
    expect(await broken.read('token')).toEqual({ ok: false, failure })
    const error = await broken.write('token', 'x').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SecretStoreError)
    expect(error).toMatchObject({ failure })
  })

  test('fails as locked when reading gives nothing and writing is refused', async () => {
    const keytar = fakeKeytar()
    keytar.setPassword = async () => {
      throw new Error('Cannot create an item in a locked collection')
    }
    expect(await store(keytar).read('token')).toEqual({ ok: false, failure: 'locked' })
  })

  test('fails as damaged on an entry it did not write, and leaves it there', async () => {
    const keytar = fakeKeytar()
    keytar.entries.set('token', 'plain')
    expect(await store(keytar).read('token')).toEqual({ ok: false, failure: 'damaged' })
    expect(keytar.entries.get('token')).toBe('plain')
  })

  test('fails as unavailable when the native module itself does not load', async () => {
    const missing = new KeytarStore(async () => {
      throw new Error('libsecret-1.so.0: cannot open shared object file')
    }, 'Test')
    expect(await missing.read('token')).toEqual({ ok: false, failure: 'unavailable' })
  })
})

test('an envelope cut short is not opened', () => {
  const whole = seal('0123456789')
  expect(unseal(whole)).toBe('0123456789')
  for (let length = 0; length < whole.length; length++) expect(unseal(whole.slice(0, length))).toBeUndefined()
})
