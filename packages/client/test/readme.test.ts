import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendorDomain } from './fake-api.ts'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(join(folder, 'README.md'), 'utf8')

/** Each sample under its chapter, e.g. "Errors 1". */
function samples(): [string, string][] {
  return readme.split(/^#{1,2} /m).flatMap((chapter) => {
    const title = chapter.split('\n', 1)[0] ?? ''
    const found = [...chapter.matchAll(/^```ts(?: worker)?\n([\s\S]*?)^```$/gm)]
    return found.map(([, code = ''], index): [string, string] => [`${title} ${index + 1}`, code])
  })
}

const idIn = (path: string) => Number(/domains\/(\d+)/.exec(path)?.[1] ?? 41)

/** Enough of the API for every sample. The vendor's address is replaced by its own through a preloaded fetch. */
const server = createServer((request, response) => {
  const path = request.url ?? ''
  const answer = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
  let sent = ''
  request.on('data', (chunk) => {
    sent += chunk
  })
  request.on('end', () => {
    if (path.includes('verify_hosted_dmarc'))
      return answer(200, { overall_status: 'ready', cname: 'verified', txt_record: 'published' })
    if (path.includes('verify_hosted_mta_sts'))
      return answer(200, { overall_status: 'ready', records: { policy_file: 'active' } })
    if (path.includes('hosted_services')) {
      const cname = { name: '_dmarc.example.com', value: 'k.dmarc.invalid', status: 'verified' }
      return answer(200, { hosted_dmarc: true, hosted_mta_sts: true, cname_records: [cname] })
    }
    if (path.includes('generate'))
      return answer(200, { dmarc_record: 'v=DMARC1; p=quarantine; np=reject', record_length: 33 })
    if (path.includes('agg_report_stats')) return answer(200, { total: 40, compliant: 38, none: 40 })
    if (path.includes('agg_reports')) return answer(200, { reports: [] })
    if (path.includes('status_changes')) return answer(200, { status_changes: [] })
    if (path.includes('audit_events')) return answer(200, { audit_events: [] })
    if (path.includes('capabilities')) return answer(404, {})
    if (path.startsWith('/v2/accounts?') || path === '/v2/accounts')
      return answer(200, { owned_accounts: [], accounts: [] })
    if (request.method === 'GET' && /domains\.json/.test(path))
      return answer(200, { domains: [vendorDomain(41, 'example.com')] })
    const { domain = {} } = sent === '' ? {} : JSON.parse(sent)
    // A domain of its own for each that is created, so that none was there before.
    return answer(
      request.method === 'POST' ? 201 : 200,
      vendorDomain(request.method === 'POST' ? 42 : idIn(path), 'example.com', domain),
    )
  })
})

let work = ''
let origin = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // Inside the package, so that its own name and its types resolve as they do for a reader.
  mkdirSync(join(folder, 'out'), { recursive: true })
  work = mkdtempSync(join(folder, 'out', 'readme-'))
  writeFileSync(
    join(work, 'redirect.mjs'),
    `const real = globalThis.fetch
globalThis.fetch = (input, init) => real(String(input).replace('https://api.dmarcreport.com', '${origin}'), init)\n`,
  )
  const options = { extends: '../../tsconfig.json', include: ['*.ts'], compilerOptions: { noEmit: true } }
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify(options))
  for (const [index, [, code]] of samples().entries()) writeFileSync(join(work, `sample-${index}.ts`), code)
})

afterAll(async () => {
  rmSync(work, { recursive: true, force: true })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('the README', () => {
  it('has the chapters readers look for', () => {
    const chapters = [...readme.matchAll(/^## (.*)$/gm)].map((match) => match[1])
    for (const wanted of [
      'Errors',
      'Retries',
      'Timeouts',
      'Pagination',
      'Logging',
      'Responses',
      'Raw responses',
      'Proxy',
      'Own certificate authority',
      'Fetch options',
      'Request and response events',
      'Deno, Bun, Workers and browsers',
      'Supported versions',
    ]) {
      expect(chapters).toContain(wanted)
    }
    expect(samples().length).toBeGreaterThan(10)
  })

  it('has samples that compile', async () => {
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
    const { stdout } = await run(process.execPath, [tsc, '-p', work]).catch((error) => error)
    expect(stdout).toBe('')
  })

  it.each(samples().map(([title], index) => [title, index] as const))(
    'has a sample that runs: %s',
    async (_, index) => {
      const { stderr } = await run(
        process.execPath,
        [
          '--conditions=@dmarc-as-code/source',
          '--import',
          join(work, 'redirect.mjs'),
          join(work, `sample-${index}.ts`),
        ],
        {
          env: {
            ...process.env,
            DMARCREPORT_TOKEN: 'readme-sample-token',
            DMARCREPORT_LOG: 'warn',
          },
          timeout: 15_000,
        },
      )
      expect(stderr).toBe('')
    },
  )
})
