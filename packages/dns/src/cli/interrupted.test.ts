import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { transferZone } from '../../../../test-support/zone-dump.ts'
import { runCaptured } from '../../test/run-cli.ts'
import { fileJournalStore } from '../engine/file-journal.ts'
import type { TsigKey } from '../rfc2136/tsig.ts'
import { opcodes } from '../wire/codes.ts'
import { opcodeOf, readMessage } from '../wire/message.ts'

const bin = fileURLToPath(new URL('../../bin/dmarc-dns.js', import.meta.url))
const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 9).toString('base64') }
const zone = 'example.test'

/** A proxy to a DNS server over TCP that keeps the first write back until it is delivered. */
async function startHoldingProxy(target: number) {
  const held = Promise.withResolvers<void>()
  const open = new Set<Socket>()
  let deliver = () => {}
  let count = 0
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => {})
    }
    upstream.on('data', (chunk) => client.write(chunk))
    client.on('data', (chunk) => {
      const message = readMessage(chunk.subarray(2))
      const changes = opcodeOf(message) === opcodes.UPDATE && (message.sections[1]?.length ?? 0) > 0
      if (!changes || ++count > 1) {
        upstream.write(chunk)
        return
      }
      deliver = () => upstream.write(chunk)
      held.resolve()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    held: held.promise,
    deliver: () => deliver(),
    close() {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

async function setUp() {
  const bind = await startBind({ zones: [{ name: zone, records: ['_dmarc IN TXT "v=DMARC1; p=none"'] }], keys: [key] })
  const proxy = await startHoldingProxy(bind.port)
  const folder = await mkdtemp(join(tmpdir(), 'dmarc-interrupted-'))
  onTestFinished(async () => {
    proxy.close()
    await bind.close()
    await rm(folder, { recursive: true })
  })
  const settings = (port: number) =>
    JSON.stringify({ type: 'rfc2136', server: '127.0.0.1', port, key, transport: 'tcp' })
  await writeFile(join(folder, 'dns.json'), settings(proxy.port))
  const journal = join(folder, 'journal')
  const argv = ['apply', '--cname', `_dmarc.${zone}=k.hosted.test`, '--conflict', 'replace', '--yes', '--no-fetch']
  const where = ['--dns', join(folder, 'dns.json'), '--journal', journal, '--stub-zone', `.=127.0.0.1:${bind.port}`]
  const child = spawn(
    process.execPath,
    ['--conditions=@dmarc-as-code/source', '--no-warnings', bin, ...argv, ...where],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  }
  const closed = once(child, 'close') as Promise<[number | null]>
  await proxy.held
  const records = () => transferZone(bind.port, zone, key)
  return { proxy, child, closed, journals: fileJournalStore(journal), records, where, text: () => text }
}

describe.skipIf(!hasPrograms('named', 'dig'))('apply that is interrupted while a write is on its way', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'waits for the answer after %s, and takes the change back',
    async (signal) => {
      const { proxy, child, closed, journals, records, text } = await setUp()
      const before = await records()
      child.kill(signal)
      // The program is told before the write is carried out, and does not end on that.
      const late = setTimeout(() => proxy.deliver(), 2000)
      const [code] = await closed
      clearTimeout(late)
      expect(code).toBe(130)
      expect(text()).toContain('every record is as before')
      expect(await records()).toEqual(before)
      expect((await journals.list()).map(({ state }) => state)).toEqual(['undone'])
    },
  )

  it('keeps the journal open where no answer comes, says so, and undo restores what lands afterwards', async () => {
    const { proxy, child, closed, journals, records, text, where } = await setUp()
    const before = await records()
    child.kill('SIGTERM')
    const [code] = await closed
    expect(code).toBe(130)
    expect(text()).toContain('may still take effect')
    expect(await journals.list()).toMatchObject([{ state: 'applying', unknownSince: expect.any(String) }])

    proxy.deliver()
    await vi.waitFor(async () => expect((await records()).join()).toContain('CNAME'), 5000)
    const { code: undone, out } = await runCaptured(['undo', ...where], { clock: () => Date.now() + 120_000 })
    expect(undone).toBe(0)
    expect(out).toContain(`_dmarc.${zone}`)
    expect(await records()).toEqual(before)
    expect((await journals.list()).map(({ state }) => state)).toEqual(['undone'])
  })
})
