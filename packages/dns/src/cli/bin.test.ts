import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/dmarc-dns.js', import.meta.url))

function start(...args: string[]) {
  const child = spawn(process.execPath, ['--conditions=@dmarc-as-code/source', '--no-warnings', bin, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  }
  return { child, text: () => text, closed: once(child, 'close') as Promise<[number | null]> }
}

describe('the dmarc-dns program', () => {
  it('tells its version and its exit codes to the shell', async () => {
    const version = start('--version')
    expect((await version.closed)[0]).toBe(0)
    expect(version.text()).toMatch(/^\d+\.\d+\.\d+\n$/)
    const wrong = start('chekc')
    expect((await wrong.closed)[0]).toBe(64)
    expect(wrong.text()).toContain('"chekc" is not a command')
  })

  it('fails with the cause and without a stack when no server can be reached', async () => {
    const run = start('apply', '--cname', '_dmarc.a.test=b.test', '--stub-zone', '.=127.0.0.1:9')
    expect((await run.closed)[0]).toBe(3)
    expect(run.text()).toMatch(/a\.test/)
    expect(run.text()).not.toContain('    at ')
  })

  it('ends with 130 on Ctrl-C while it waits for a silent server', async () => {
    const silent = createSocket('udp4')
    onTestFinished(() => void silent.close())
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve))
    const run = start('check', 'a.test', '--stub-zone', `.=127.0.0.1:${silent.address().port}`)
    await once(silent, 'message')
    run.child.kill('SIGINT')
    expect((await run.closed)[0]).toBe(130)
    expect(run.text()).toBe('Interrupted.\n')
  })
})
