import { describe, expect, it } from 'vitest'
import { cachedCertificates } from './cached-certificates.ts'
import { certificateFolder } from './certificate-folder.ts'
import { localCa } from './local-ca.ts'
import type { CertificateSource } from './source.ts'

const HOST = 'mta-sts.example.test'
const DAY = 86_400_000
const signal = () => AbortSignal.timeout(60_000)
const atOnce = async () => undefined

/** A source that counts its orders and can be made to fail, on a clock of ours. */
async function setup(start = Date.now()) {
  const clock = { ms: start }
  const now = () => clock.ms
  const ca = await localCa({ now })
  const control = { orders: 0, failure: undefined as Error | undefined }
  const source: CertificateSource = {
    getCertificate: (hostname, orderSignal) => {
      control.orders += 1
      return control.failure ? Promise.reject(control.failure) : ca.getCertificate(hostname, orderSignal)
    },
  }
  return { clock, now, control, source }
}

describe('cached certificates', () => {
  it('are ordered once for concurrent callers', async () => {
    const { control, source, now } = await setup()
    const kept = cachedCertificates(source, { now })
    const all = await Promise.all([1, 2, 3].map(() => kept.getCertificate(HOST, signal())))
    expect(new Set(all).size).toBe(1)
    expect(await kept.getCertificate(HOST, signal())).toBe(all[0])
    expect(control.orders).toBe(1)
  })

  it('are renewed in the last third of their lifetime while the current one stays in use', async () => {
    const { control, source, now, clock } = await setup()
    const kept = cachedCertificates(source, { now })
    const first = await kept.getCertificate(HOST, signal())
    clock.ms += 15 * DAY
    expect(await kept.getCertificate(HOST, signal())).toBe(first)
    expect(control.orders).toBe(1)
    clock.ms += 10 * DAY
    expect(await kept.getCertificate(HOST, signal())).toBe(first)
    expect(control.orders).toBe(2)
    await expect.poll(() => kept.getCertificate(HOST, signal())).not.toBe(first)
  })

  it('stay in use when a renewal fails, which is reported', async () => {
    const { control, source, now, clock } = await setup()
    const told: unknown[] = []
    const kept = cachedCertificates(source, { now, onRenewalError: (...args) => told.push(args) })
    const first = await kept.getCertificate(HOST, signal())
    clock.ms += 25 * DAY
    control.failure = new Error('no order today')
    expect(await kept.getCertificate(HOST, signal())).toBe(first)
    await expect.poll(() => told).toEqual([[HOST, control.failure]])
    expect(await kept.getCertificate(HOST, signal())).toBe(first)
    expect(control.orders).toBe(2)
  })

  it('are not used after they expire', async () => {
    const { control, source, now, clock } = await setup()
    const kept = cachedCertificates(source, { now })
    const first = await kept.getCertificate(HOST, signal())
    clock.ms += 31 * DAY
    expect(await kept.getCertificate(HOST, signal())).not.toBe(first)
    expect(control.orders).toBe(2)
  })

  it('are not ordered again soon after a failure', async () => {
    const { control, source, now, clock } = await setup()
    const kept = cachedCertificates(source, { now, retryAfter: 60_000 })
    control.failure = new Error('no order today')
    await expect(kept.getCertificate(HOST, signal())).rejects.toThrow('no order today')
    await expect(kept.getCertificate(HOST, signal())).rejects.toThrow('no order today')
    expect(control.orders).toBe(1)
    clock.ms += 60_000
    control.failure = undefined
    await kept.getCertificate(HOST, signal())
    expect(control.orders).toBe(2)
  })

  it('are ordered only once the name is allowed one', async () => {
    const { control, source, now } = await setup()
    let verified = false
    const kept = cachedCertificates(source, { now, whyNot: async () => (verified ? undefined : 'not yet.') })
    await expect(kept.getCertificate(HOST, signal())).rejects.toThrow(`ordered for ${HOST}: not yet.`)
    expect(control.orders).toBe(0)
    verified = true
    await kept.getCertificate(HOST, signal())
    expect(control.orders).toBe(1)
  })

  it('stay in use but are not renewed when the name is no longer allowed one', async () => {
    const { control, source, now, clock } = await setup()
    let verified = true
    const kept = cachedCertificates(source, { now, whyNot: async () => (verified ? undefined : 'not yet.') })
    const first = await kept.getCertificate(HOST, signal())
    clock.ms += 25 * DAY
    verified = false
    expect(await kept.getCertificate(HOST, signal())).toBe(first)
    expect(control.orders).toBe(1)
  })

  it('are not ordered by a handshake where orders are made ahead of time', async () => {
    const { control, source, now, clock } = await setup()
    const kept = cachedCertificates(source, { now, onDemand: false })
    await expect(kept.getCertificate(HOST, signal())).rejects.toThrow(`no certificate for ${HOST} yet`)
    expect(control.orders).toBe(0)
    await kept.keepCurrent(HOST, atOnce, signal())
    const first = await kept.getCertificate(HOST, signal())
    clock.ms += 25 * DAY
    expect(await kept.getCertificate(HOST, signal())).toBe(first)
    expect(control.orders).toBe(1)
  })

  it('are ordered and renewed ahead of time, without a handshake', async () => {
    const { control, source, now, clock } = await setup()
    const kept = cachedCertificates(source, { now, onDemand: false })
    const { at } = await kept.keepCurrent(HOST, atOnce, signal())
    expect(at - now()).toBeGreaterThan(19 * DAY)
    expect(at - now()).toBeLessThan(21 * DAY)
    const first = await kept.getCertificate(HOST, signal())
    clock.ms = at - 1
    expect(await kept.keepCurrent(HOST, atOnce, signal())).toEqual({ at, current: true })
    expect(control.orders).toBe(1)
    clock.ms = at
    await kept.keepCurrent(HOST, atOnce, signal())
    expect(control.orders).toBe(2)
    expect(await kept.getCertificate(HOST, signal())).not.toBe(first)
  })

  describe('of a source that suggests when to renew', () => {
    const suggesting = async () => {
      const { control, source, now, clock } = await setup()
      const begun = clock.ms
      const asked: number[] = []
      const said = {
        window: { start: begun + 4 * DAY, end: begun + 6 * DAY },
        retryAfter: undefined as number | undefined,
      }
      const replaced: unknown[] = []
      let broken = false
      const kept = cachedCertificates(
        {
          getCertificate: (hostname, orderSignal, before) => {
            replaced.push(before?.cert)
            return source.getCertificate(hostname, orderSignal)
          },
          renewalInfo: async () => {
            asked.push(clock.ms - begun)
            if (broken) throw new Error('not now')
            return { ...said }
          },
        },
        { now, onDemand: false, random: () => 0.5 },
      )
      const keep = () => kept.keepCurrent(HOST, atOnce, signal())
      return { kept, keep, clock, begun, asked, said, replaced, control, fail: () => (broken = true) }
    }

    it('are renewed within the window, with the one that is replaced', async () => {
      const { kept, keep, clock, begun, replaced, control } = await suggesting()
      expect((await keep()).at).toBe(begun + DAY / 4)
      const { cert } = await kept.getCertificate(HOST, signal())
      clock.ms = begun + 5 * DAY - 1
      expect(await keep()).toEqual({ at: begun + 5 * DAY, current: true })
      expect(control.orders).toBe(1)
      clock.ms = begun + 5 * DAY
      await keep()
      expect(control.orders).toBe(2)
      expect(replaced).toEqual([undefined, cert])
    })

    it('are renewed at once when the window has passed, as after a revocation', async () => {
      const { keep, clock, begun, said, control } = await suggesting()
      await keep()
      said.window = { start: begun - 2 * DAY, end: begun - DAY }
      clock.ms += DAY / 4
      await keep()
      expect(control.orders).toBe(2)
    })

    it('ask again when the source says, within limits', async () => {
      const { keep, clock, asked, said } = await suggesting()
      for (const wait of [3_600_000, 1, 30 * DAY]) {
        said.retryAfter = wait
        clock.ms = (await keep()).at
      }
      expect(asked).toEqual([0, 3_600_000, 3_660_000])
    })

    it('are renewed at two thirds of the lifetime while the source does not answer', async () => {
      const { keep, clock, begun, control, fail } = await suggesting()
      fail()
      await keep()
      clock.ms = begun + 19 * DAY
      await keep()
      expect(control.orders).toBe(1)
      clock.ms = begun + 21 * DAY
      await keep()
      expect(control.orders).toBe(2)
    })

    it('are renewed before they expire, whatever the source suggests', async () => {
      const { keep, clock, begun, control, said } = await suggesting()
      said.window = { start: begun + 100 * DAY, end: begun + 101 * DAY }
      await keep()
      clock.ms = begun + 28 * DAY
      await keep()
      expect(control.orders).toBe(2)
    })
  })

  it('wait for their turn, and tell whether the order is a renewal', async () => {
    const { control, source, now, clock } = await setup()
    const kept = cachedCertificates(source, { now, onDemand: false })
    const asked: boolean[] = []
    let answer: number | undefined = 7
    const turn = async ({ renewal }: { renewal: boolean }) => {
      asked.push(renewal)
      return answer
    }
    expect(await kept.keepCurrent(HOST, turn, signal())).toEqual({ at: 7, current: false })
    expect(control.orders).toBe(0)
    answer = undefined
    await kept.keepCurrent(HOST, turn, signal())
    await kept.keepCurrent(HOST, turn, signal())
    clock.ms += 40 * DAY
    await kept.keepCurrent(HOST, turn, signal())
    expect(asked).toEqual([false, false, true])
    expect(control.orders).toBe(2)
  })

  it('are ordered again later after each failure, which stays visible', async () => {
    const { control, source, now, clock } = await setup()
    const kept = cachedCertificates(source, { now, onDemand: false, retryAfter: 60_000 })
    expect(kept.pendingOrder(HOST)).toBeUndefined()
    control.failure = new Error('no order today')
    const waits: number[] = []
    for (let attempt = 0; attempt < 7; attempt++) {
      const { at, failure } = await kept.keepCurrent(HOST, atOnce, signal())
      expect(failure).toBe(control.failure)
      expect(kept.pendingOrder(HOST)).toEqual({ failure: expect.stringContaining('operator'), nextAttempt: at })
      waits.push((at - now()) / 60_000)
      clock.ms = at
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 16, 16])
    control.failure = undefined
    expect(await kept.keepCurrent(HOST, atOnce, signal())).not.toHaveProperty('failure')
    expect(kept.pendingOrder(HOST)).toBeUndefined()
  })

  it('let a caller abort and finish the order for the next one', async () => {
    const { control, source, now } = await setup()
    const kept = cachedCertificates(source, { now })
    const impatient = new AbortController()
    const waiting = kept.getCertificate(HOST, impatient.signal)
    impatient.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
    await kept.getCertificate(HOST, signal())
    expect(control.orders).toBe(1)
  })

  it('drop the oldest beyond the capacity', async () => {
    const { control, source, now } = await setup()
    const kept = cachedCertificates(source, { now, capacity: 1 })
    await kept.getCertificate('mta-sts.a.test', signal())
    await kept.getCertificate('mta-sts.b.test', signal())
    await kept.getCertificate('mta-sts.a.test', signal())
    expect(control.orders).toBe(3)
  })
})

describe('the certificate folder', () => {
  it.each(['../escape', 'a/b', 'UPPER.test', ''])('fails for "%s", which is no host name', async (name) => {
    await expect(certificateFolder('unused').load(name)).rejects.toThrow('not a lower-case host name')
  })
})
