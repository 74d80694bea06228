import { describe, expect, it } from 'vitest'
import { exchange } from './exchange.ts'

const message = Buffer.alloc(12)

describe('an exchange with a server known by name', () => {
  const options = { host: 'ns.example.test', port: 53, transport: 'tcp', timeout: 50 } as const
  const never = () => new Promise<string>(() => {})

  it('fails in the time it was given when the look-up of the name hangs', async () => {
    await expect(exchange(message, { ...options, resolveHost: never })).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  })

  it("stops with the caller's reason when aborted during the look-up", async () => {
    const abort = new AbortController()
    const waiting = exchange(message, { ...options, timeout: 60_000, resolveHost: never, signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })
})

describe('a message longer than DNS allows', () => {
  it.each(['udp', 'tcp'] as const)('fails over %s with its size, before anything is sent', async (transport) => {
    const options = { host: '127.0.0.1', port: 9, transport, timeout: 1000 }
    await expect(exchange(Buffer.alloc(65_536), options)).rejects.toMatchObject({
      name: 'ExchangeError',
      message: 'The message has 65536 bytes; DNS allows 65535',
    })
  })
})
