import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  encodeUpdate,
  type Prerequisite,
  signMessage,
  type TsigKey,
  type UpdateOperation,
  verifyMessage,
} from '@dmarc-as-code/dns/rfc2136'
import { encodeName, rcodeName, readMessage } from '@dmarc-as-code/dns/wire'
import { afterEach, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { type SandboxDns, type SandboxDnsOptions, startSandboxDns } from './sandbox-dns.ts'

const key: TsigKey = { name: 'sandbox', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 1).toString('base64') }
const NOW = Date.UTC(2026, 0, 1)

const open: SandboxDns[] = []
async function start(options: Partial<SandboxDnsOptions> = {}): Promise<SandboxDns> {
  const dns = await startSandboxDns({ keys: [key], now: () => NOW, ...options })
  open.push(dns)
  return dns
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((dns) => dns.close()))
})

const cname = (name: string, target: string): UpdateOperation => ({
  kind: 'add',
  name,
  type: 'CNAME',
  ttl: 300,
  rdata: encodeName(target),
})

interface Request {
  zone?: string
  prerequisites?: Prerequisite[]
  key?: TsigKey | null
  at?: number
}

async function exchange(dns: SandboxDns, bytes: Buffer): Promise<Buffer> {
  const socket = createSocket('udp4')
  socket.send(bytes, dns.port, dns.address)
  const [reply] = (await once(socket, 'message')) as [Buffer]
  socket.close()
  return reply
}

/** The response code, and what the TSIG of the reply says. */
async function update(dns: SandboxDns, updates: UpdateOperation[], request: Request = {}): Promise<string> {
  const message = encodeUpdate({
    id: 77,
    zone: request.zone ?? 'example.test',
    prerequisites: request.prerequisites ?? [],
    updates,
  })
  const signed = request.key === null ? undefined : signMessage(message, request.key ?? key, { now: request.at ?? NOW })
  const reply = await exchange(dns, signed?.bytes ?? message)
  const rcode = rcodeName(readMessage(reply).flags & 0xf)
  if (!signed) return rcode
  const verified = verifyMessage(reply, request.key ?? key, { now: request.at ?? NOW, requestMac: signed.mac })
  if (verified.ok) return `${rcode} signed`
  return `${rcode} ${verified.reason === 'refused' ? verified.error : verified.reason}`
}

const dmarc = '_dmarc.example.test'
const target = 'key.dmarc.hosted.test'

describe('updates', () => {
  it('adds a record, serves it at once, and raises the serial', async () => {
    const dns = await start()
    const { serial } = dns.zone('example.test')
    expect(await update(dns, [cname(dmarc, target)])).toBe('NOERROR signed')
    expect(dns.zone('example.test').dump()).toContain(`${dmarc}. 300 IN CNAME ${target}.\n`)
    expect(dns.zone('example.test').serial).toBe(serial + 1)
  })

  it('accepts hmac-sha512 keys', async () => {
    const strong: TsigKey = { name: 'strong', algorithm: 'hmac-sha512', secret: Buffer.alloc(64, 2).toString('base64') }
    const dns = await start({ keys: [key, strong] })
    expect(await update(dns, [cname(dmarc, target)], { key: strong })).toBe('NOERROR signed')
  })

  it('removes a record by its value, a set, and a whole name', async () => {
    const dns = await start()
    const zone = dns.zone('shop.test')
    const change = (item: UpdateOperation) => update(dns, [item], { zone: 'shop.test' })
    const value = Buffer.concat([Buffer.from([0, 20]), encodeName('mx2.shop.test')])
    await change({ kind: 'delete-record', name: 'shop.test', type: 'MX', rdata: value })
    expect(zone.dump()).toContain('MX 10 mx1.shop.test.')
    expect(zone.dump()).not.toContain('MX 20')
    await change({ kind: 'delete-rrset', name: 'shop.test', type: 'MX' })
    expect(zone.dump()).not.toContain(' MX ')
    await change({ kind: 'delete-name', name: '_dmarc.shop.test' })
    expect(zone.dump()).not.toContain('_dmarc')
  })

  it('ignores a TXT beside a CNAME and says NOERROR, as BIND does', async () => {
    const dns = await start()
    await update(dns, [cname(dmarc, target)])
    const txt: UpdateOperation = { kind: 'add', name: dmarc, type: 'TXT', ttl: 60, rdata: Buffer.from('\x01x') }
    expect(await update(dns, [txt])).toBe('NOERROR signed')
    expect(dns.zone('example.test').dump()).not.toContain(`${dmarc}. 60 IN TXT`)
  })

  it('replaces the old DMARC record of shop.test by a CNAME in one message', async () => {
    const dns = await start()
    const name = '_dmarc.shop.test'
    const updates: UpdateOperation[] = [{ kind: 'delete-rrset', name, type: 'TXT' }, cname(name, target)]
    expect(await update(dns, updates, { zone: 'shop.test' })).toBe('NOERROR signed')
    const lines = dns.zone('shop.test').dump().split('\n')
    expect(lines.filter((line) => line.startsWith(name))).toEqual([`${name}. 300 IN CNAME ${target}.`])
  })

  it('keeps SOA and NS of the apex whatever is deleted', async () => {
    const dns = await start()
    await update(dns, [{ kind: 'delete-name', name: 'example.test' }])
    expect(dns.zone('example.test').dump()).toMatch(/^example\.test\. 3600 IN NS ns1\.example\.test\.$/m)
  })
})

describe('refused updates change nothing', () => {
  const free: Prerequisite = { kind: 'name-not-in-use', name: '_dmarc.shop.test' }
  it.each([
    ['a name in use that should be free', { zone: 'shop.test', prerequisites: [free] }, 'YXDOMAIN signed'],
    [
      'a set that should exist',
      { prerequisites: [{ kind: 'rrset-exists', name: dmarc, type: 'TXT' }] },
      'NXRRSET signed',
    ],
    ['a zone not served', { zone: 'other.test' }, 'NOTAUTH signed'],
    ['a name outside the zone', { zone: 'parked.test' }, 'NOTZONE signed'],
    ['no signature', { key: null }, 'REFUSED'],
    ['a wrong secret', { key: { ...key, secret: Buffer.alloc(32, 9).toString('base64') } }, 'NOTAUTH BADSIG'],
    ['an unknown key', { key: { ...key, name: 'stranger' } }, 'NOTAUTH BADKEY'],
    ['a clock an hour behind', { at: NOW - 3_600_000 }, 'NOTAUTH BADTIME'],
  ] as [string, Request, string][])('fails for %s', async (_, request, expected) => {
    const dns = await start()
    const before = dns.zones.map((zone) => zone.dump())
    const updates = request.zone === 'shop.test' ? [cname('_dmarc.shop.test', target)] : [cname(dmarc, target)]
    expect(await update(dns, updates, request)).toBe(expected)
    expect(dns.zones.map((zone) => zone.dump())).toEqual(before)
  })

  it('fails with FORMERR for bytes that are not a message', async () => {
    const dns = await start()
    const reply = await exchange(dns, Buffer.from([0, 5, 0x28, 0, 0, 9, 0, 0, 0, 0, 0, 0, 1]))
    expect(rcodeName(readMessage(reply).flags & 0xf)).toBe('FORMERR')
  })
})

describe('the folder', () => {
  it('keeps changed zones between runs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-dns-'))
    const first = await start({ folder })
    await update(first, [cname(dmarc, target)])
    const before = first.zone('example.test').dump()
    const { serial } = first.zone('example.test')
    await first.close()
    open.pop()
    const second = await start({ folder })
    expect(second.zone('example.test').dump()).toBe(before)
    expect(second.zone('example.test').serial).toBeGreaterThan(serial)
    await rm(folder, { recursive: true })
  })
})

describe.skipIf(!hasPrograms('nsupdate', 'dig'))('nsupdate and dig from Debian', () => {
  it('change a zone and see the change', async () => {
    const dns = await start({ now: Date.now })
    const input = [
      `server 127.0.0.1 ${dns.port}`,
      'zone example.test',
      `prereq nxdomain ${dmarc}`,
      `update add ${dmarc} 300 CNAME ${target}`,
      'send',
      'answer',
      '',
    ].join('\n')
    const child = execFile('nsupdate', ['-y', `hmac-sha256:${key.name}:${key.secret}`])
    child.stdin?.end(input)
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(0)
    const dig = execFile('dig', ['@127.0.0.1', '-p', String(dns.port), '+short', dmarc, 'TXT'])
    const chunks: string[] = []
    dig.stdout?.on('data', (chunk: string) => chunks.push(chunk))
    await once(dig, 'close')
    expect(chunks.join('')).toBe(`${target}.\n`)
  })
})
