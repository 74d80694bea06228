import { randomBytes } from 'node:crypto'
import { signMessage, type TsigKey, verifyMessage } from '@dmarc-as-code/dns/rfc2136'
import { readMessage, writeMessage } from '@dmarc-as-code/dns/wire'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ZoneData } from '../zone-data.ts'
import { type Notifier, notifier } from './notifier.ts'

const target = { address: '192.0.2.53', port: 53 }
const key: TsigKey = { name: 'notify', algorithm: 'hmac-sha256', secret: randomBytes(32).toString('base64') }

describe('notifications of secondaries', () => {
  let sent: Buffer[]
  let problems: string[]
  let running: Notifier | undefined
  const zone = new ZoneData({ origin: 'hosted.test', nameServers: ['ns1.hosted.test'], serial: 7 })
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 })
    sent = []
    problems = []
  })
  afterEach(() => {
    running?.stop()
    vi.useRealTimers()
  })

  function start(options: { key?: TsigKey; send?: () => boolean } = {}): Notifier {
    running = notifier({
      targets: [{ ...target, key: options.key }],
      zone: () => zone,
      send: (message) => {
        sent.push(message)
        return options.send?.() ?? true
      },
      now: Date.now,
      onProblem: (problem) => problems.push(problem),
    })
    return running
  }
  const reply = (request: Buffer | undefined, rcode = 0) =>
    writeMessage({
      id: request?.readUInt16BE(0) ?? 0,
      flags: 0x8000 | (4 << 11) | rcode,
      questions: [{ name: 'hosted.test', type: 'SOA', class: 1 }],
    })
  const ten = 600_000

  it('carry the SOA, and stop once they are acknowledged', async () => {
    const each = start()
    each.notify()
    await vi.advanceTimersByTimeAsync(0)
    expect(readMessage(sent[0] ?? Buffer.alloc(0))).toMatchObject({
      flags: (4 << 11) | 0x0400,
      questions: [{ name: 'hosted.test', type: 'SOA' }],
      sections: [[{ name: 'hosted.test', type: 'SOA' }], [], []],
    })
    each.receive(reply(sent[0]), target)
    await vi.advanceTimersByTimeAsync(ten)
    expect(sent).toHaveLength(1)
    expect(problems).toEqual([])
  })

  it('are repeated with growing pauses, six times in all, and then reported', async () => {
    start().notify()
    await vi.advanceTimersByTimeAsync(2000 + 4000 + 8000 - 1)
    expect(sent).toHaveLength(3)
    await vi.advanceTimersByTimeAsync(ten)
    expect(sent).toHaveLength(6)
    expect(problems).toEqual([expect.stringContaining('192.0.2.53 (port 53) did not acknowledge')])
  })

  it('about many changes are one message a second', async () => {
    const each = start()
    for (let count = 0; count < 50; count++) {
      each.notify()
      await vi.advanceTimersByTimeAsync(10)
      for (const message of sent) each.receive(reply(message), target)
    }
    await vi.advanceTimersByTimeAsync(600)
    expect(sent).toHaveLength(2)
  })

  it('about a change are sent although the one before is acknowledged late', async () => {
    const each = start()
    each.notify()
    await vi.advanceTimersByTimeAsync(0)
    each.notify()
    each.receive(reply(sent[0]), target)
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toHaveLength(2)
  })

  it('ignore replies from elsewhere, to other messages and without the signature', async () => {
    const each = start({ key })
    each.notify()
    await vi.advanceTimersByTimeAsync(0)
    const request = sent[0] ?? Buffer.alloc(0)
    const verified = verifyMessage(request, key, { now: Date.now() })
    if (!verified.ok) throw new Error('the message is not signed')
    const signed = signMessage(reply(request), key, { now: Date.now(), requestMac: verified.mac }).bytes
    each.receive(signed, { ...target, port: 54 })
    each.receive(reply(request), target)
    each.receive(Buffer.from('no message'), target)
    await vi.advanceTimersByTimeAsync(2000)
    expect(sent).toHaveLength(2)
    const second = sent[1] ?? Buffer.alloc(0)
    const again = verifyMessage(second, key, { now: Date.now() })
    if (!again.ok) throw new Error('the message is not signed')
    each.receive(signMessage(reply(second), key, { now: Date.now(), requestMac: again.mac }).bytes, target)
    await vi.advanceTimersByTimeAsync(ten)
    expect(sent).toHaveLength(2)
  })

  it('that are refused are reported with the response code', async () => {
    const each = start()
    each.notify()
    await vi.advanceTimersByTimeAsync(0)
    each.receive(reply(sent[0], 5), target)
    await vi.advanceTimersByTimeAsync(ten)
    expect(sent).toHaveLength(1)
    expect(problems).toEqual([expect.stringContaining('refused a NOTIFY with REFUSED')])
  })
})
