import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createRequire } from 'node:module'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendorDomain } from './fake-api.ts'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('..', import.meta.url))
const fixtures = fileURLToPath(new URL('fixtures', import.meta.url))
const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const block = (kind: string) => new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme)?.[1] ?? ''

/** The first sample of the README, as `app.js` of the recipes. */
const app = block('ts')

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const domains = JSON.stringify({ domains: [vendorDomain(41, 'example.com')], total_domains: 1 })
const api = createServer((_, response) => response.setHeader('content-type', 'application/json').end(domains))
const secure = createTlsServer(
  { key: readFileSync(join(fixtures, 'localhost-key.pem')), cert: readFileSync(join(fixtures, 'localhost-ca.pem')) },
  (_, response) => response.setHeader('content-type', 'application/json').end(domains),
)
/** A proxy that remembers which tunnels it was asked for, and opens those to loopback. */
const tunnels: string[] = []
const proxy = createServer()
proxy.on('connect', ({ url = '' }, socket) => {
  tunnels.push(url)
  if (!url.startsWith('127.0.0.1:')) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  const onward = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    onward.pipe(socket).pipe(onward)
  })
  onward.on('error', () => socket.destroy())
  socket.on('error', () => onward.destroy())
})

let work = ''
let endpoint = ''
beforeAll(async () => {
  endpoint = `http://127.0.0.1:${await listening(api)}`
  mkdirSync(join(folder, 'out'), { recursive: true })
  // Inside the package, so that its own name resolves as it does for a reader.
  work = mkdtempSync(join(folder, 'out', 'recipes-'))
  writeFileSync(join(work, 'app.ts'), app)
})
afterAll(async () => {
  rmSync(work, { recursive: true, force: true })
  for (const server of [api, secure, proxy]) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const conditions = '--conditions=@dmarc-as-code/source'
/** Runs the app with the variables of a recipe, one line of `NAME=value ... node app.js`, some of them replaced. */
async function recipe(kind: string, replaced: Record<string, string>, runtime = process.execPath): Promise<string> {
  const line = block(`sh ${kind}`).trim()
  const named = Object.fromEntries([...line.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]))
  expect(Object.keys(named).length, line).toBeGreaterThan(0)
  const env = { PATH: process.env.PATH, DMARCREPORT_TOKEN: 'recipe-token', ...named, ...replaced }
  const { stdout, stderr } = await run(runtime, [conditions, join(work, 'app.ts')], { env, timeout: 30_000 }).catch(
    (error) => error,
  )
  return `${stdout}${stderr}`
}

describe('a recipe of the README', () => {
  it('sends requests through a proxy', async () => {
    const HTTP_PROXY = `http://127.0.0.1:${await listening(proxy)}`
    expect(await recipe('proxy', { HTTP_PROXY, DMARCREPORT_ENDPOINT: endpoint })).toMatch(/^example\.com /)
    expect(tunnels).toEqual([new URL(endpoint).host])
    const HTTPS_PROXY = HTTP_PROXY
    expect(await recipe('proxy', { HTTPS_PROXY, DMARCREPORT_ENDPOINT: 'https://api.invalid' })).toMatch(
      /ConnectionError/,
    )
    expect(tunnels).toContain('api.invalid:443')
  })

  it('trusts a certificate authority of one’s own', async () => {
    const DMARCREPORT_ENDPOINT = `https://localhost:${await listening(secure)}`
    const NODE_EXTRA_CA_CERTS = join(fixtures, 'localhost-ca.pem')
    expect(await recipe('own-ca', { DMARCREPORT_ENDPOINT, NODE_EXTRA_CA_CERTS })).toMatch(/^example\.com /)
    const without = await recipe('own-ca', { DMARCREPORT_ENDPOINT, NODE_EXTRA_CA_CERTS: '' })
    expect(without).toMatch(/ConnectionError: .*self-signed certificate/)
  })

  it('runs in Bun', async () => {
    const bun = createRequire(import.meta.url).resolve('bun/bin/bun.exe')
    const env = { PATH: process.env.PATH, DMARCREPORT_TOKEN: 'recipe-token', DMARCREPORT_ENDPOINT: endpoint }
    const { stdout } = await run(bun, [conditions, join(work, 'app.ts')], { env, timeout: 30_000 })
    expect(stdout).toMatch(/^example\.com /)
  })

  it.each([
    ['Workers', {}],
    ['browsers', { document: {} }],
  ])('runs with nothing but web standards, as in %s', async (_, more) => {
    const { outputFiles } = await build({
      stdin: {
        contents: block('ts worker').replace('export default', 'globalThis.worker ='),
        resolveDir: work,
        loader: 'ts',
      },
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'browser',
      conditions: ['@dmarc-as-code/source'],
    })
    const { URL, Headers, Request, Response, AbortController, AbortSignal, TextEncoder, TextDecoder, btoa } = globalThis
    const { URLSearchParams, setTimeout, clearTimeout, crypto, console } = globalThis
    const seen: [string, string | null][] = []
    const fetch = (input: string, init: RequestInit) => {
      seen.push([input, new Headers(init.headers).get('user-agent')])
      return globalThis.fetch(input.replace('https://api.dmarcreport.com', endpoint), init)
    }
    const standards = { URL, Headers, Request, Response, AbortController, AbortSignal, TextEncoder, TextDecoder, btoa }
    const realm = createContext({
      ...standards,
      URLSearchParams,
      setTimeout,
      clearTimeout,
      crypto,
      console,
      fetch,
      ...more,
    })
    runInContext(outputFiles[0]?.text ?? '', realm)
    const answer: Response = await runInContext(
      "worker.fetch(new Request('https://example.com/'), { DMARCREPORT_TOKEN: 'recipe-token' })",
      realm,
    )
    expect(await answer.json()).toEqual(['example.com'])
    // A header of its own would cost a browser a preflight.
    expect(seen[0]).toEqual([
      'https://api.dmarcreport.com/v2/all_domains.json',
      'document' in more ? null : expect.stringContaining('dmarc-as-code-client/'),
    ])
  })
})
