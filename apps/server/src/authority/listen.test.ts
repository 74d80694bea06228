import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, isIPv4, type Socket } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import { promisify } from 'node:util'
import { decode, encode, type Packet, streamEncode } from 'dns-packet'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { listenAddresses } from './bind.ts'
import { type Authority, type AuthorityOptions, startAuthority } from './listen.ts'
import { ZoneData } from './zone-data.ts'

const run = promisify(execFile)

function zone(): ZoneData {
  const data = new ZoneData({ origin: 'example.test', nameServers: ['ns1.example.test'] })
  data.setRrsets('txt.example.test', [{ type: 'TXT', ttl: 60, data: ['v=spf1 -all'] }])
  data.setRrsets('huge.example.test', [{ type: 'TXT', ttl: 60, data: ['x'.repeat(3000)] }])
  data.setRrsets('a.ent.example.test', [{ type: 'A', ttl: 60, data: ['127.0.0.1'] }])
  return data
}

const query = (name: string, id = 1): Packet => ({ type: 'query', id, questions: [{ name, type: 'TXT' }] })

const started: Authority[] = []
async function start(options: Partial<AuthorityOptions> = {}): Promise<Authority> {
  const authority = await startAuthority({ zones: [zone()], ...options })
  started.push(authority)
  return authority
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((authority) => authority.close()))
})

async function tcp(authority: Authority): Promise<Socket> {
  const socket = connect(authority.port, authority.address)
  await once(socket, 'connect')
  return socket
}

async function answers(authority: Authority): Promise<boolean> {
  const socket = connect(authority.port, authority.address)
  socket.on('error', () => {})
  socket.write(streamEncode(query('txt.example.test')))
  const answered = await Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)])
  socket.destroy()
  return answered
}

describe('TCP', () => {
  it('answers several queries on one connection, split anywhere', async () => {
    const socket = await tcp(await start())
    const bytes = Buffer.concat([
      streamEncode(query('txt.example.test', 1)),
      streamEncode(query('huge.example.test', 2)),
      streamEncode(query('nothing.example.test', 3)),
    ])
    let received = Buffer.alloc(0)
    const ids: number[] = []
    const done = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        received = Buffer.concat([received, chunk])
        while (received.length > 2 && received.length >= 2 + received.readUInt16BE(0)) {
          const end = 2 + received.readUInt16BE(0)
          ids.push(decode(received.subarray(2, end)).id ?? -1)
          received = received.subarray(end)
        }
        if (ids.length === 3) resolve()
      })
    })
    for (const part of [bytes.subarray(0, 1), bytes.subarray(1, 40), bytes.subarray(40)]) socket.write(part)
    await done
    expect(ids).toEqual([1, 2, 3])
    socket.destroy()
  })

  it('closes a connection that sends no complete message in time', async () => {
    const socket = await tcp(await start({ tcpIdleTimeout: 50 }))
    socket.resume()
    socket.write(Buffer.from([0, 40, 1]))
    await once(socket, 'close')
  })

  it('closes the connection that was silent for longest when there are too many', async () => {
    const authority = await start({ maxTcpConnections: 2 })
    const ask = async (socket: Socket) => {
      socket.write(streamEncode(query('txt.example.test')))
      await once(socket, 'data')
    }
    const busy = await tcp(authority)
    await ask(busy)
    const silent = await tcp(authority)
    await ask(silent)
    await ask(busy)
    const closed = once(silent.resume(), 'close')
    const third = await tcp(authority)
    await ask(third)
    await closed
    await ask(busy)
    busy.destroy()
    third.destroy()
    await expect.poll(() => answers(authority)).toBe(true)
  })

  it('limits the connections of one client (RFC 7766 section 6.2.2) without affecting others', async () => {
    const authority = await start({ hosts: ['127.0.0.1'], maxTcpConnectionsPerClient: 1 })
    const port = authority.port
    const first = connect({ port, host: '127.0.0.1' })
    first.write(streamEncode(query('txt.example.test')))
    await once(first, 'data')
    const second = connect({ port, host: '127.0.0.1' }).resume()
    second.on('error', () => {})
    await once(second, 'close')
    const other = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' })
    other.write(streamEncode(query('txt.example.test')))
    await once(other, 'data')
    other.destroy()
    first.destroy()
    await expect.poll(() => answers({ ...authority, address: '127.0.0.1' })).toBe(true)
  })

  it('closes a connection that sends a message without a reply', async () => {
    const socket = await tcp(await start())
    socket.resume()
    socket.write(Buffer.from([0, 3, 1, 2, 3]))
    await once(socket, 'close')
  })
})

describe('UDP', () => {
  it('survives invalid messages and answers the next query', async () => {
    const authority = await start()
    const socket = createSocket('udp4')
    for (const garbage of ['', 'x', 'garbage that is longer than one header']) {
      socket.send(garbage, authority.port, authority.address)
    }
    // Garbage long enough to have an id may be answered, too: with FORMERR or NOTIMP.
    const reply = new Promise<Buffer>((resolve) => {
      socket.on('message', (message) => message.readUInt16BE(0) === 99 && resolve(message))
    })
    socket.send(encode(query('txt.example.test', 99)), authority.port, authority.address)
    const message = await reply
    expect(decode(message).answers).toHaveLength(1)
    socket.close()
  })

  it('answers SERVFAIL when a handler throws, and reports the error', async () => {
    const errors: unknown[] = []
    const authority = await start({
      handler: () => {
        throw new Error('broken handler')
      },
      onError: (error) => errors.push(error),
    })
    const socket = createSocket('udp4')
    socket.send(encode({ ...query('txt.example.test'), flags: 5 << 11 }), authority.port, authority.address)
    const [message] = (await once(socket, 'message')) as [Buffer]
    expect(decode(message)).toMatchObject({ rcode: 'SERVFAIL', opcode: 'UPDATE' })
    expect(errors).toHaveLength(1)
    socket.close()
  })
})

describe('listening', () => {
  it('names the port when it is in use', async () => {
    const { port } = await start()
    await expect(startAuthority({ zones: [], port })).rejects.toThrow(String(port))
  })

  /** A connected socket gets answers from the address it asked only. */
  async function askedAt(address: string, port: number): Promise<number | undefined> {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    socket.connect(port, address)
    await once(socket, 'connect')
    socket.send(encode(query('txt.example.test')))
    const [message] = (await once(socket, 'message', { signal: AbortSignal.timeout(5000) })) as [Buffer]
    socket.close()
    return decode(message).answers?.length
  }

  it('answers from the address that was asked, on several addresses, IPv4 and IPv6 (RFC 2181 section 4.1)', async () => {
    const authority = await start({ hosts: ['127.0.0.1', '127.0.0.2', '::1'] })
    expect(authority.addresses).toEqual(['127.0.0.1', '127.0.0.2', '::1'])
    for (const address of authority.addresses) {
      expect(await askedAt(address, authority.port)).toBe(1)
      expect(await answers({ ...authority, address })).toBe(true)
    }
  })

  it('listens on every address of the machine by itself for a wildcard', async () => {
    const authority = await start({ hosts: ['0.0.0.0'] })
    expect(authority.addresses).toContain('127.0.0.1')
    expect(authority.addresses.every((address) => isIPv4(address) && address !== '0.0.0.0')).toBe(true)
    for (const address of authority.addresses) expect(await askedAt(address, authority.port)).toBe(1)
    const lo = { address: '127.0.0.1', family: 'IPv4' } as NetworkInterfaceInfo
    const link = { address: 'fe80::1', family: 'IPv6' } as NetworkInterfaceInfo
    const global = { address: '2001:db8::1', family: 'IPv6' } as NetworkInterfaceInfo
    expect(listenAddresses(['::'], { lo: [lo], eth0: [link, global] })).toEqual(['127.0.0.1', '2001:db8::1'])
  })

  it('leaves nothing open when one of the addresses is not available', async () => {
    await expect(startAuthority({ zones: [zone()], hosts: ['127.0.0.1', '192.0.2.1'] })).rejects.toThrow(
      /Cannot listen on port \d+ of 192\.0\.2\.1 \(EADDRNOTAVAIL\)/,
    )
  })

  it('works over IPv6', async () => {
    const authority = await start({ hosts: ['::1'] })
    const socket = createSocket('udp6')
    socket.send(encode(query('txt.example.test')), authority.port, '::1')
    const [message] = (await once(socket, 'message')) as [Buffer]
    expect(decode(message).answers).toHaveLength(1)
    socket.close()
  })
})

describe.skipIf(!hasPrograms('kdig', 'dig'))('kdig and dig from Debian', () => {
  let authority: Authority
  beforeAll(async () => {
    authority = await startAuthority({ zones: [zone()] })
  })
  afterAll(() => authority.close())

  const kdig = async (...args: string[]) =>
    (await run('kdig', ['@127.0.0.1', '-p', String(authority.port), ...args])).stdout
  const dig = async (...args: string[]) =>
    (await run('dig', ['@127.0.0.1', '-p', String(authority.port), '+tries=1', ...args])).stdout

  it.each([
    ['UDP', ['+notcp']],
    ['TCP', ['+tcp']],
    ['EDNS', ['+edns', '+bufsize=1232']],
  ])('get the text over %s', async (_, flags) => {
    expect(await kdig('+short', 'txt.example.test', 'TXT', ...flags)).toBe('"v=spf1 -all"\n')
    expect(await dig('+short', 'txt.example.test', 'TXT', ...flags)).toBe('"v=spf1 -all"\n')
  })

  it('distinguish NXDOMAIN and no data, both with the SOA', async () => {
    const noName = await kdig('nothing.example.test', 'TXT')
    expect(noName).toContain('status: NXDOMAIN')
    expect(noName).toMatch(/example\.test\.\s+60\s+IN\s+SOA/)
    const noData = await dig('ent.example.test', 'TXT')
    expect(noData).toContain('status: NOERROR')
    expect(noData).toContain('ANSWER: 0')
    expect(noData).toMatch(/example\.test\.\s+60\s+IN\s+SOA/)
  })

  it('see truncation and retry over TCP', async () => {
    expect(await dig('huge.example.test', 'TXT', '+ignore')).toMatch(/flags: qr aa tc/)
    const whole = await dig('huge.example.test', 'TXT')
    expect(whole).toContain('Truncated, retrying in TCP')
    expect(whole).toContain('ANSWER: 1')
    expect((await kdig('+short', 'huge.example.test', 'TXT')).trim()).toMatch(/^("x{1,255}" ?){12}$/)
  })

  it('see EDNS with the payload size, and BADVERS for version 1', async () => {
    expect(await dig('txt.example.test', 'TXT', '+dnssec')).toMatch(/EDNS: version: 0, flags: do; udp: 1232/)
    expect(await dig('txt.example.test', 'TXT', '+edns=1', '+noednsnegotiation')).toContain('status: BADVERS')
  })

  it('see REFUSED for other zones and for transfers', async () => {
    expect(await dig('example.com', 'TXT')).toContain('status: REFUSED')
    expect(await dig('example.test', 'AXFR')).toContain('Transfer failed')
  })
})
