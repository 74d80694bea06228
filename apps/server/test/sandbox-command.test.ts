import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const program = `
  import { main } from './src/main.ts'
  process.exitCode = await main(['sandbox'], process.env, console.log, console.error)
`

describe('the command dmarc-server sandbox', () => {
  it('describes all endpoints, serves, and exits on SIGTERM', async () => {
    const child = spawn(
      process.execPath,
      ['--conditions=@dmarc-as-code/source', '--input-type=module', '--eval', program],
      {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    const described = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes('Try:')) resolve()
      })
    })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString()
    })
    const exited = once(child, 'exit')
    await Promise.race([described, exited])
    const [, apiUrl] = /^API\s+(\S+)/m.exec(output) ?? []
    const [, token] = /^Token\s+(\S+)/m.exec(output) ?? []
    const answer = await fetch(`${apiUrl}/v2/accounts.json`, { headers: { authorization: `Token token=${token}` } })
    expect(answer.status).toBe(200)
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(errors).toBe('')
  })
})
