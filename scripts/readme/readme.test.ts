import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { dnsServices } from '@dmarc-as-code/dns/services'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../lib/bootstrap.mjs'
import { findTerraform } from '../main-job/terraform-workspace.ts'
import { planText, readmeBlock } from './plan-text.ts'
import { terminalPicture } from './terminal-picture.ts'

const run = promisify(execFile)
const TIMEOUT_MS = 5 * 60_000
const source = ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning']
let folder: string

beforeAll(async () => {
  // Below scripts/, so that packages resolve as they do for the scripts of this repository.
  folder = await mkdtemp(join(root, 'scripts', '.readme-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the root README', () => {
  it.skipIf(!findTerraform())('shows the plan that Terraform prints', { timeout: TIMEOUT_MS }, async () => {
    const picture = await readFile(join(root, 'docs', 'plan.svg'), 'utf8')
    expect(terminalPicture(await planText()), 'write it again with `npm run readme:picture`').toBe(picture)
  })

  it('has constructs that compile and synthesize the domain', { timeout: TIMEOUT_MS }, async () => {
    await writeFile(join(folder, 'main.ts'), await readmeBlock('ts'))
    const config = { extends: '../../tsconfig.base.json', compilerOptions: { noEmit: true }, include: ['main.ts'] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    await run('tsc', ['-p', folder])
    await run(process.execPath, [...source, 'main.ts'], { cwd: folder, timeout: TIMEOUT_MS })
    const stack = JSON.parse(await readFile(join(folder, 'cdktf.out/stacks/mail/cdk.tf.json'), 'utf8'))
    expect(Object.values(stack.resource.dmarcreport_domain)).toMatchObject([
      { address: 'example.test', hosted_mta_sts: { mx: ['mail.example.test'] } },
    ])
    expect(Object.keys(stack.resource.dmarcreport_dns_records)).toHaveLength(1)
  })

  it('has a command line that reports on the domain', async () => {
    const sandbox = await createSandbox()
    try {
      const [, ...args] = (await lastCommand('npx dmarc-dns')).split(' ').slice(1)
      const stub = `example.test=${sandbox.dns.address}:${sandbox.dns.port}`
      const bin = join(root, 'packages/dns/bin/dmarc-dns.js')
      const { stdout } = await run(process.execPath, [...source, bin, ...args, '--stub-zone', stub]).catch(
        (error: { code: number; stdout: string }) => {
          // 1: records are missing, which is what it reports.
          expect(error.code).toBe(1)
          return error
        },
      )
      expect(stdout).toContain('_dmarc.example.test')
    } finally {
      await sandbox.close()
    }
  })

  it('names every DNS service, by what it was run against', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const rows = {
      'real server': '| the software itself |',
      'stand-in': '| a stand-in ',
      'real service': '| the service |',
    }
    for (const { id, label, proof } of dnsServices) {
      const row = readme.split('\n').find((line) => line.startsWith(rows[proof]))
      expect(row, id).toContain(id === 'exec' ? 'a program of your own' : label)
    }
  })

  it('names npm scripts that exist, and a sandbox option that the app reads', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    for (const [, name] of readme.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([String(name)])
    expect(await lastCommand('npm run desktop')).toBe('npm run desktop -- --sandbox')
    // The app in a real window with this option is what apps/desktop/e2e/session.e2e.ts runs.
    expect(await readFile(join(root, 'apps/desktop/src/main/start-options.ts'), 'utf8')).toContain("'--sandbox'")
  })
})

describe('links in the documents of the root', () => {
  it('lead to files that exist', async () => {
    const documents = (await readdir(root)).filter((name) => name.endsWith('.md'))
    const missing: string[] = []
    for (const name of documents) {
      const text = await readFile(join(root, name), 'utf8')
      for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
        if (!/^[a-z]+:/.test(target) && !existsSync(join(dirname(join(root, name)), target)))
          missing.push(`${name}: ${target}`)
      }
    }
    expect(missing).toEqual([])
  })
})

async function lastCommand(start: string): Promise<string> {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const line = readme.split('\n').findLast((each) => each.startsWith(start))
  if (!line) throw new Error(`README.md has no command that starts with "${start}"`)
  return line.trim()
}
