import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { fakeApi, vendorDomain } from '../test/fake-api.ts'
import { DmarcReportClient, defaultBaseUrl, InvalidArgumentError, type Logger } from './index.ts'
import { version } from './version.ts'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

function recorder() {
  const warnings: string[] = []
  const logger: Logger = { debug() {}, info() {}, warn: (message) => void warnings.push(message), error() {} }
  return { logger, warnings }
}

describe('a client', () => {
  it('talks to the vendor unless told otherwise, through the global fetch of the moment', async () => {
    const asked: string[] = []
    const original = globalThis.fetch
    const client = new DmarcReportClient({ token: 't' })
    globalThis.fetch = async (input) => {
      asked.push(String(input))
      return Response.json(vendorDomain(1))
    }
    try {
      await client.domains.get(7, 1)
    } finally {
      globalThis.fetch = original
    }
    expect(asked).toEqual([`${defaultBaseUrl}/v2/accounts/7/domains/1.json`])
  })

  it.each(['', ' ', 'a b', 'a\nb', 'é', undefined, 7])('refuses the token %j', (token) => {
    expect(() => new DmarcReportClient({ token: token as string })).toThrow(InvalidArgumentError)
  })

  it.each([
    '',
    'api.example',
    'ftp://a.example',
    'https://user:pass@a.example',
    'https://a.example/?x=1',
    'file:///etc',
  ])('refuses the base URL %j without repeating it', (baseUrl) => {
    expect(() => new DmarcReportClient({ token: 't', baseUrl })).toThrow(
      /^baseUrl must be an http or https URL without .*com$/,
    )
  })

  it.each([{ timeout: 0 }, { timeout: Number.NaN }, { timeout: Infinity }, { maxRetries: -1 }])(
    'refuses %j',
    (options) => {
      expect(() => new DmarcReportClient({ token: 't', ...options })).toThrow(InvalidArgumentError)
    },
  )

  it('takes token and endpoint from the environment, after the options', async () => {
    vi.stubEnv('DMARCREPORT_TOKEN', 'from-the-environment')
    vi.stubEnv('DMARCREPORT_ENDPOINT', 'https://dmarc.example.com')
    const seen: [string, string | null][] = []
    const fetch: typeof globalThis.fetch = async (input, init) => {
      seen.push([String(input), new Headers(init?.headers).get('authorization')])
      return Response.json({ domains: [], total_domains: 0 })
    }
    await new DmarcReportClient({ fetch }).domains.list().all()
    await new DmarcReportClient({ fetch, token: 't', baseUrl: 'https://other.example.com' }).domains.list().all()
    expect(seen).toEqual([
      ['https://dmarc.example.com/v2/all_domains.json', 'Token token=from-the-environment'],
      ['https://other.example.com/v2/all_domains.json', 'Token token=t'],
    ])
    vi.unstubAllEnvs()
  })

  it('warns of a token that travels unencrypted, but not on loopback', () => {
    const { logger, warnings } = recorder()
    for (const host of ['localhost:80', '127.0.0.1:8080', '[::1]:8080', 'api.localhost']) {
      new DmarcReportClient({ token: 't', baseUrl: `http://${host}`, logger })
    }
    expect(warnings).toEqual([])
    new DmarcReportClient({ token: 't', baseUrl: 'http://10.0.0.1', logger })
    expect(warnings).toEqual([expect.stringContaining('unencrypted to http://10.0.0.1')])
  })

  it('names its own version', () => {
    expect(version).toBe(manifest.version)
  })
})

describe('logging', () => {
  it('has levels, from an option or from the environment', async () => {
    for (const [level, expected] of [
      ['off', []],
      ['warn', []],
      ['info', ['info']],
      ['debug', ['debug', 'info', 'debug']],
    ] as const) {
      process.env.DMARCREPORT_LOG = level
      try {
        const { client, logged } = await fakeApi(
          (_, count) => (count === 1 ? { status: 503 } : { body: vendorDomain(1) }),
          {
            logLevel: undefined,
          },
        )
        await client.domains.get(7, 1)
        expect(
          logged.map(([name]) => name),
          level,
        ).toEqual(expected)
      } finally {
        delete process.env.DMARCREPORT_LOG
      }
    }
  })

  it('names the valid levels when the wanted one does not exist', () => {
    const { logger, warnings } = recorder()
    new DmarcReportClient({ token: 't', logger, logLevel: 'verbose' as 'debug' })
    expect(warnings).toEqual(['Log level "verbose" does not exist, using warn. Levels: off, error, warn, info, debug.'])
  })

  it('never writes to stdout, which belongs to the program', async () => {
    const written: string[] = []
    const original = { log: console.log, info: console.info, debug: console.debug, warn: console.warn }
    for (const name of ['log', 'info', 'debug'] as const) console[name] = () => void written.push(name)
    console.warn = () => {}
    try {
      const { client } = await fakeApi(() => ({ body: vendorDomain(1) }), { logger: undefined })
      await client.domains.get(7, 1)
    } finally {
      Object.assign(console, original)
    }
    expect(written).toEqual([])
  })
})
