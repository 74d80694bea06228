import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { opcodeOf, readMessage, writeMessage } from '../wire/message.ts'
import { encodeName } from '../wire/names.ts'
import { evaluateUpdate, type ZoneRecord } from './evaluate-update.ts'
import { signMessage, signRefusal, type TsigKey, verifyMessage } from './tsig.ts'
import { decodeUpdate, encodeUpdateReply } from './update.ts'

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha512', secret: Buffer.alloc(64, 3).toString('base64') }

describe.skipIf(!hasPrograms('nsupdate'))("our side of UPDATE, asked by BIND's nsupdate", () => {
  it('verifies its signature, applies its changes and signs a reply it accepts', async () => {
    const { records, output } = await runNsupdate(key, [
      'prereq nxdomain _dmarc.example.test',
      'update add _dmarc.example.test 300 CNAME k.hosted.test',
    ])
    expect(output).toBe('')
    expect(records).toEqual([
      { name: '_dmarc.example.test', type: 'CNAME', ttl: 300, rdata: encodeName('k.hosted.test') },
    ])
  })

  it('fails a wrong secret in a way that nsupdate understands', async () => {
    const wrong = { ...key, secret: Buffer.alloc(64, 4).toString('base64') }
    const { records, output } = await runNsupdate(wrong, ['update add a.example.test 300 CNAME b.test'])
    expect(output).toMatch(/BADSIG/)
    expect(records).toEqual([])
  })
})

async function runNsupdate(clientKey: TsigKey, lines: string[]): Promise<{ records: ZoneRecord[]; output: string }> {
  let records: ZoneRecord[] = []
  const socket = createSocket('udp4')
  socket.on('message', (bytes, peer) => {
    const request = readMessage(bytes)
    const now = Date.now()
    const reply = (message: Buffer) => socket.send(message, peer.port, peer.address)
    const verified = verifyMessage(bytes, key, { now })
    if (opcodeOf(request) !== 5) {
      reply(writeMessage({ id: request.id, flags: 0x8400, questions: request.questions }))
    } else if (verified.ok) {
      const update = decodeUpdate(verified.message)
      const at = (name: string) => records.filter((record) => record.name === name)
      const { rcode, changed } = evaluateUpdate(update, { origin: 'example.test', at })
      records = [...changed.values()].flat()
      reply(signMessage(encodeUpdateReply(update, rcode), key, { now, requestMac: verified.mac }).bytes)
    } else if (verified.reason === 'BADSIG') {
      reply(signRefusal(encodeUpdateReply(request, 'NOTAUTH'), verified, now))
    }
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  try {
    const commands = [`server 127.0.0.1 ${socket.address().port}`, 'zone example.test', ...lines, 'send', ''].join('\n')
    const running = promisify(execFile)('nsupdate', ['-y', `${key.algorithm}:${key.name}:${clientKey.secret}`], {
      timeout: 10_000,
    })
    running.child.stdin?.end(commands)
    const { stdout, stderr } = await running.catch((error: { stdout: string; stderr: string }) => error)
    return { records, output: stdout + stderr }
  } finally {
    socket.close()
  }
}
