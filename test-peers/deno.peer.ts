import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../scripts/lib/bootstrap.mjs'
import { type Packed, packAll } from '../scripts/packages/pack-all.ts'
import { type Peer, peerTitle } from './support/installing.ts'
import { npmPeer } from './support/npm.ts'

const RELEASE = '2.9.6'
const peer = await denoPeer()

/** Deno comes as a program for each system in an optional dependency. */
async function denoPeer(): Promise<Peer<{ program: string }>> {
  const installed = await npmPeer({ dependencies: { deno: RELEASE } })
  if (!installed.available) return installed
  const platform = `${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`
  const program = join(
    installed.folder,
    'node_modules/@deno',
    platform,
    process.platform === 'win32' ? 'deno.exe' : 'deno',
  )
  return existsSync(program) ? { available: true, program } : { available: false, why: `no Deno for ${platform}` }
}

describe.skipIf(!peer.available)(peerTitle(`Deno ${RELEASE}`, peer), () => {
  const api = createServer((request, response) => {
    const authorised = request.headers.authorization === 'Token token=recipe-token'
    response.writeHead(authorised ? 200 : 401, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({ domains: [{ id: 41, address: 'example.com', dmarc_status: 'ok' }], total_domains: 1 }),
    )
  })
  let packed: Packed
  let project = ''

  beforeAll(async () => {
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
    packed = await packAll(['packages/records', 'packages/primitives', 'packages/client'])
    project = join(packed.base, 'project')
    for (const [folder, tarball] of packed.tarballs) {
      const modules = join(project, 'node_modules/@dmarc-as-code', folder.replace('packages/', ''))
      mkdirSync(modules, { recursive: true })
      execFileSync('tar', ['-xzf', tarball, '-C', modules, '--strip-components=1'])
    }
    writeFileSync(
      join(project, 'package.json'),
      JSON.stringify({ type: 'module', dependencies: { '@dmarc-as-code/client': '*' } }),
    )
    const readme = readFileSync(join(root, 'packages/client/README.md'), 'utf8')
    writeFileSync(join(project, 'app.ts'), /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? '')
  }, 300_000)
  afterAll(async () => {
    api.closeAllConnections()
    await new Promise((resolve) => api.close(resolve))
    rmSync(packed.base, { recursive: true, force: true })
  })

  const deno = (args: readonly string[], env: Record<string, string> = {}) => {
    if (!peer.available) throw new Error(peer.why)
    const endpoint = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
    return promisify(execFile)(peer.program, args, {
      cwd: project,
      env: {
        DENO_DIR: join(project, 'deno'),
        DENO_NO_UPDATE_CHECK: '1',
        NO_COLOR: '1',
        DMARCREPORT_TOKEN: 'recipe-token',
        DMARCREPORT_ENDPOINT: endpoint,
        ...env,
      },
      timeout: 120_000,
    })
  }
  const flags = ['--no-remote', '--node-modules-dir=manual', '--no-prompt']

  it('runs the first sample of the README with the packed client and the permissions that the README names', async () => {
    const { stdout } = await deno(['run', ...flags, '--allow-net', '--allow-env', 'app.ts'])
    expect(stdout).toBe('example.com ok\n')
  })

  it('finds no fault in the types of the sample', async () => {
    await deno(['check', ...flags.slice(0, 2), 'app.ts'])
    writeFileSync(
      join(project, 'wrong.ts'),
      readFileSync(join(project, 'app.ts'), 'utf8').replace('.address', '.adress'),
    )
    await expect(deno(['check', ...flags.slice(0, 2), 'wrong.ts'])).rejects.toMatchObject({
      stderr: expect.stringContaining("Property 'adress' does not exist"),
    })
  })

  it('says that the permission for the network is missing', async () => {
    await expect(deno(['run', ...flags, '--allow-env', 'app.ts'])).rejects.toMatchObject({
      stderr: expect.stringMatching(/ConnectionError.*net access/),
    })
  })

  it('fails on a token that the server does not know', async () => {
    const wrong = deno(['run', ...flags, '--allow-net', '--allow-env', 'app.ts'], {
      DMARCREPORT_TOKEN: 'another-token',
    })
    await expect(wrong).rejects.toMatchObject({ stderr: expect.stringContaining('AuthenticationError') })
  })
})
