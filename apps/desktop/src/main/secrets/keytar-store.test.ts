import { after } from '@dmarc-as-code/primitives'
import { FakeClock, settle } from '@dmarc-as-code/primitives/testing'
import { describe, expect, it } from 'vitest'
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

const store = (keytar: Keytar, more: { clock?: FakeClock; onAnswered?: () => void } = {}) =>
  new KeytarStore({
    keytar: async () => keytar,
    service: 'Test',
    clock: more.clock ?? new FakeClock(),
    onAnswered: more.onAnswered ?? (() => {}),
  })

describe('KeytarStore', () => {
  it('gives back what was put in, and leaves no probe behind', async () => {
    const keytar = fakeKeytar()
    await store(keytar).write('token', 'se:cret\n1')
    expect(await store(keytar).read('token')).toEqual({ ok: true, value: 'se:cret\n1' })
    await store(keytar).remove('token')
    expect(await store(keytar).read('token')).toEqual({ ok: false, failure: 'empty' })
    expect([...keytar.entries.keys()]).toEqual([])
  })

  it.each([
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

  it('fails as locked when reading gives nothing and writing is refused', async () => {
    const keytar = fakeKeytar()
    keytar.setPassword = async () => {
      throw new Error('Cannot create an item in a locked collection')
    }
    expect(await store(keytar).read('token')).toEqual({ ok: false, failure: 'locked' })
  })

  it('fails to remove what libsecret passes over in a locked store; once the person opens it, it is gone', async () => {
    const keytar = fakeKeytar()
    keytar.entries.set('token', seal('x'))
    let open = false
    const { setPassword, deletePassword } = keytar
    keytar.deletePassword = async (...what) => open && deletePassword(...what)
    keytar.setPassword = async () => {
      throw new Error('Cannot create an item in a locked collection')
    }
    await expect(store(keytar).remove('token')).rejects.toMatchObject({ failure: 'locked' })
    expect([...keytar.entries.keys()]).toEqual(['token'])
    keytar.setPassword = async (...what) => {
      // The write that had the system ask.
      open = true
      await setPassword(...what)
    }
    await store(keytar).remove('token')
    expect([...keytar.entries.keys()]).toEqual([])
  })

  it('counts as locked while the system asks the person, asks twice at most, and tells when it was opened', async () => {
    const keytar = fakeKeytar()
    const clock = new FakeClock()
    let asked = 0
    let open = () => {}
    keytar.setPassword = () => {
      asked++
      return new Promise((resolve) => {
        open = resolve
      })
    }
    let told = 0
    const locked = store(keytar, { clock, onAnswered: () => told++ })
    for (let count = 0; count < 4; count++) {
      const reading = locked.read('token')
      await settle()
      await clock.advance(3000)
      expect(await reading).toEqual({ ok: false, failure: 'locked' })
    }
    expect([asked, told]).toEqual([2, 0])
    open()
    await settle()
    expect(told).toBe(1)
  })

  it('a slow store counts as locked at first; once it has answered it is given the time it needs', async () => {
    const clock = new FakeClock()
    const keytar = fakeKeytar()
    const slow = async <T>(answer: T): Promise<T> => {
      await new Promise<void>((resolve) => after(clock, 4000, resolve))
      return answer
    }
    keytar.getPassword = () => slow(null)
    keytar.setPassword = () => slow(undefined)
    let told = 0
    const busy = store(keytar, { clock, onAnswered: () => told++ })
    const readings: unknown[] = []
    for (let count = 0; count < 3; count++) {
      const reading = busy.read('token')
      for (let second = 0; second < 12; second++) await clock.advance(1000)
      readings.push(await reading)
    }
    const [locked, empty] = ['locked', 'empty'].map((failure) => ({ ok: false, failure }))
    expect(readings).toEqual([locked, empty, empty])
    expect(told).toBe(1)
  })

  it('a dialog that was sent away is brought back once at most', async () => {
    const clock = new FakeClock()
    const keytar = fakeKeytar()
    keytar.getPassword = async () => {
      await new Promise<void>((resolve) => after(clock, 20_000, resolve))
      return null
    }
    let told = 0
    const locked = store(keytar, { clock, onAnswered: () => told++ })
    for (let count = 0; count < 3; count++) {
      const reading = locked.read('token')
      await settle()
      await clock.advance(30_000)
      expect(await reading).toEqual({ ok: false, failure: 'locked' })
    }
    expect(told).toBe(1)
  })

  it('tells once when a store that was missing has come up', async () => {
    const keytar = fakeKeytar()
    const { getPassword } = keytar
    let told = 0
    const late = store(keytar, { onAnswered: () => told++ })
    keytar.getPassword = async () => {
      throw new Error('The name org.freedesktop.secrets was not provided by any .service files')
    }
    for (let count = 0; count < 2; count++)
      expect(await late.read('token')).toEqual({ ok: false, failure: 'unavailable' })
    expect(told).toBe(0)
    keytar.getPassword = getPassword
    for (let count = 0; count < 2; count++) expect(await late.read('token')).toEqual({ ok: false, failure: 'empty' })
    expect(told).toBe(1)
  })

  it('an answer that is there counts, also when the wait for it ended in the same busy moment', async () => {
    const clock = new FakeClock()
    const keytar = fakeKeytar()
    let answer = (_text: string | null) => {}
    keytar.getPassword = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    const reading = store(keytar, { clock }).read('token')
    await settle()
    const passed = clock.advance(3000)
    answer(seal('value'))
    await passed
    expect(await reading).toEqual({ ok: true, value: 'value' })
  })

  it('fails as locked when the dialog of a write stays unanswered', async () => {
    const keytar = fakeKeytar()
    const clock = new FakeClock()
    keytar.setPassword = () => new Promise(() => {})
    const written = store(keytar, { clock })
      .write('token', 'x')
      .catch((error: unknown) => error)
    await settle()
    await clock.advance(120_000)
    expect(await written).toMatchObject({ failure: 'locked' })
  })

  it('fails as damaged on an entry it did not write, and leaves it there', async () => {
    const keytar = fakeKeytar()
    keytar.entries.set('token', 'plain')
    expect(await store(keytar).read('token')).toEqual({ ok: false, failure: 'damaged' })
    expect(keytar.entries.get('token')).toBe('plain')
  })

  it('fails as unavailable when the native module itself does not load', async () => {
    const missing = new KeytarStore({
      keytar: async () => {
        throw new Error('libsecret-1.so.0: cannot open shared object file')
      },
      service: 'Test',
      clock: new FakeClock(),
      onAnswered: () => {},
    })
    expect(await missing.read('token')).toEqual({ ok: false, failure: 'unavailable' })
  })
})

it('an envelope cut short is not opened', () => {
  const whole = seal('0123456789')
  expect(unseal(whole)).toBe('0123456789')
  for (let length = 0; length < whole.length; length++) expect(unseal(whole.slice(0, length))).toBeUndefined()
})
