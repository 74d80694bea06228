import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgram } from '../test-support/programs.ts'
import { peersFolder } from './support/cache.ts'
import { goPeer } from './support/go.ts'
import { peerTitle } from './support/installing.ts'
import { npmPeer } from './support/npm.ts'
import { pythonPeer } from './support/python.ts'

// The OpenAPI document of the server, judged by two linters, and what four generators make of it: each must compile, and the
// client for TypeScript manages a domain with it.

const [node, python, go] = await Promise.all([
  npmPeer({
    dependencies: {
      '@redocly/cli': '2.77.0',
      '@stoplight/spectral-cli': '6.16.3',
      'openapi-fetch': '0.17.0',
      'openapi-typescript': '7.13.0',
      orval: '8.38.0',
    },
  }),
  pythonPeer({ 'openapi-python-client': '0.29.1' }),
  goPeer('github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen', 'v2.5.1'),
])
const run = promisify(execFile)
const options = { timeout: 240_000, maxBuffer: 32 * 1024 * 1024 }
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

let sandbox: Sandbox
let folder: string
let document: string
let older: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openapi-'))
  sandbox = await createSandbox()
  document = join(folder, 'openapi.json')
  older = join(folder, 'openapi-3.0.json')
  for (const [path, name] of [
    [document, 'openapi.json'],
    [older, 'openapi-3.0.json'],
  ] as const) {
    await writeFile(path, await (await fetch(`${sandbox.apiUrl}/${name}`)).text())
  }
})
afterAll(async () => {
  await sandbox?.close()
  await rm(folder, { recursive: true, force: true })
})

describe.skipIf(!node.available)(peerTitle('redocly, spectral, openapi-typescript and orval', node), () => {
  const bin = (name: string) => (node.available ? join(node.folder, 'node_modules/.bin', name) : name)
  beforeAll(async () => {
    if (node.available) await symlink(join(node.folder, 'node_modules'), join(folder, 'node_modules'))
  })
  const compile = (file: string) => {
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext']
    return run(process.execPath, [tsc, ...flags, '--lib', 'es2023,dom,dom.iterable', file], { ...options, cwd: folder })
  }

  it('have no errors to report', async () => {
    const { stderr } = await run(bin('redocly'), ['lint', document, older, '--extends=recommended'], options)
    expect(stderr).toContain('Your API descriptions are valid')
    await writeFile(join(folder, '.spectral.yaml'), 'extends: ["spectral:oas"]\n')
    const { stdout } = await run(
      bin('spectral'),
      ['lint', document, '-r', join(folder, '.spectral.yaml'), '--fail-severity', 'error'],
      options,
    )
    expect(stdout).toMatch(/0 errors|No results/)
  })

  it('generate code that compiles, and that manages a domain', async () => {
    await run(bin('openapi-typescript'), [document, '-o', join(folder, 'schema.d.ts')], options)
    const config = { dmarc: { input: document, output: { target: join(folder, 'orval.ts'), client: 'fetch' } } }
    await writeFile(join(folder, 'orval.config.cjs'), `module.exports = ${JSON.stringify(config)}`)
    await run(bin('orval'), ['--config', join(folder, 'orval.config.cjs')], { ...options, cwd: folder })
    await compile('orval.ts')
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(folder, 'manage.ts'), manage)
    await compile('manage.ts')
    const { managed } = await import(pathToFileURL(join(folder, 'manage.ts')).href)
    expect(await managed(sandbox.apiUrl, sandbox.token, String(sandbox.accountId))).toEqual({
      created: 'generated.example.test',
      listed: true,
      hosted: true,
      verified: 'action_required',
      deleted: 'generated.example.test was deleted.',
    })
  }, 300_000)
})

const manage = `import createClient from 'openapi-fetch'
import type { paths } from './schema.d.ts'

export async function managed(baseUrl: string, token: string, account_id: string) {
  const client = createClient<paths>({ baseUrl, headers: { authorization: \`Token token=\${token}\` } })
  const created = await client.POST('/v2/accounts/{account_id}/domains', {
    params: { path: { account_id } },
    body: { domain: { address: 'generated.example.test', rua_report: true, ruf_report: false } },
  })
  if (!created.data) throw new Error(created.error.error.message)
  const id = String(created.data.id)
  const listed = await client.GET('/v2/accounts/{account_id}/domains', { params: { path: { account_id } } })
  const path = { account_id, id }
  const hosted = await client.PUT('/v2/accounts/{account_id}/domains/{id}', {
    params: { path },
    body: { domain: { hosted_dmarc: true } },
  })
  const verified = await client.POST('/v2/accounts/{account_id}/domains/{domain_id}/verify_hosted_dmarc', {
    params: { path: { account_id, domain_id: id } },
  })
  const deleted = await client.DELETE('/v2/accounts/{account_id}/domains/{id}', { params: { path } })
  return {
    created: created.data.address,
    listed: listed.data?.domains.some(({ address }) => address === created.data?.address),
    hosted: hosted.data?.hosted_dmarc,
    verified: verified.data?.overall_status,
    deleted: deleted.data?.message,
  }
}
`

describe.skipIf(!python.available)(peerTitle('openapi-python-client', python), () => {
  it('generates a client that compiles, with few files for each operation, as schemas have names', async () => {
    if (!python.available) return
    const target = join(folder, 'python')
    const config = join(folder, 'python.yaml')
    await writeFile(config, 'post_hooks: []\n')
    const args = ['generate', '--path', document, '--output-path', target, '--config', config, '--fail-on-warning']
    await run(join(python.bin, 'openapi-python-client'), args, options)
    await run(python.python, ['-m', 'compileall', '-q', target], options)
    const files = await readdir(target, { recursive: true })
    const paths: Record<string, object> = JSON.parse(await readFile(document, 'utf8')).paths
    const operations = Object.values(paths).flatMap((methods) => Object.keys(methods)).length
    expect(files.filter((file) => file.endsWith('.py')).length).toBeLessThan(7 * operations)
  }, 300_000)
})

describe.skipIf(!go.available)(peerTitle('oapi-codegen', go), () => {
  it('generates a client that compiles', async () => {
    const compiler = findProgram('go')
    if (!go.available || !compiler) return
    const target = await mkdtemp(join(folder, 'go-'))
    await writeFile(
      join(target, 'config.yaml'),
      'package: dmarc\ngenerate: { models: true, client: true }\noutput: client.go\n',
    )
    await writeFile(join(target, 'go.mod'), 'module example.com/dmarc\n\ngo 1.24\n')
    await run(go.program, ['--config', 'config.yaml', older], { ...options, cwd: target })
    const env = {
      ...process.env,
      GOPATH: join(peersFolder, 'go-path'),
      GOCACHE: join(peersFolder, 'go-build'),
      GOFLAGS: '-modcacherw -mod=mod',
      GOTOOLCHAIN: 'local',
    }
    await run(compiler, ['mod', 'tidy'], { ...options, cwd: target, env })
    await run(compiler, ['build', './...'], { ...options, cwd: target, env })
  }, 300_000)
})
