import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startBind } from '../../../test-support/bind.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { transferZone } from '../../../test-support/zone-dump.ts'
import { parseArguments } from '../src/cli/arguments.ts'
import { exitCodes } from '../src/cli/io.ts'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code)

let work = ''
beforeAll(() => {
  // Inside the package, so that its own name and its types resolve as they do for a reader.
  mkdirSync(join(folder, 'out'), { recursive: true })
  work = mkdtempSync(join(folder, 'out', 'readme-'))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('the README', () => {
  it('has samples that compile', async () => {
    const samples = blocks('ts')
    expect(samples.length).toBeGreaterThan(3)
    // What the samples take as given.
    writeFileSync(
      join(work, 'given.d.ts'),
      "declare const domains: import('@dmarc-as-code/dns/verify').FleetDomain[]\n",
    )
    for (const [index, code] of samples.entries()) writeFileSync(join(work, `sample-${index}.ts`), code)
    const compilerOptions = { noEmit: true, lib: ['es2024'], types: ['node'] }
    const config = { extends: '../../tsconfig.json', include: ['*.ts'], compilerOptions }
    writeFileSync(join(work, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
    const { stdout } = await run(process.execPath, [tsc, '-p', work]).catch((error: { stdout: string }) => error)
    expect(stdout).toBe('')
  })

  it.skipIf(!hasPrograms('named', 'dig'))('applies and undoes as it shows, against BIND', async () => {
    const key = {
      name: 'update-key',
      algorithm: 'hmac-sha256',
      secret: Buffer.alloc(32, 1).toString('base64'),
    } as const
    const bind = await startBind({
      zones: [{ name: 'example.com', records: ['_dmarc IN TXT "v=DMARC1; p=none"'] }],
      keys: [key],
    })
    onTestFinished(() => bind.close())
    const sample = blocks('ts').find((code) => code.includes("type: 'rfc2136'"))
    const code = (sample ?? '')
      .replace("server: 'ns1.example.com'", `server: '127.0.0.1', port: ${bind.port}`)
      .replace('/var/lib/dmarc/journal', join(work, 'journal'))
    writeFileSync(join(work, 'run.ts'), code)
    const before = await transferZone(bind.port, 'example.com', key)
    const { stdout } = await run(
      process.execPath,
      ['--conditions=@dmarc-as-code/source', '--no-warnings', join(work, 'run.ts')],
      {
        env: { ...process.env, TSIG_SECRET: key.secret },
      },
    )
    expect(stdout).toMatch(
      /^replace _dmarc\.example\.com TXT .* is replaced by a CNAME to k3y\.dmarc\.hosted\.example\.$/m,
    )
    expect(await transferZone(bind.port, 'example.com', key)).toEqual(before)
  })

  it('has command lines that the program understands, and the exit codes it uses', () => {
    const lines = blocks('sh').flatMap((code) => [...code.matchAll(/^npx @dmarc-as-code\/dns (.*?)(?: +#.*)?$/gm)])
    expect(lines).toHaveLength(12)
    for (const [, args = ''] of lines) expect(parseArguments(args.trim().split(/ +/))).toBeTypeOf('object')
    for (const code of Object.values(exitCodes)) expect(readme).toMatch(new RegExp(`^\\| ${code} \\| `, 'm'))
  })
})
