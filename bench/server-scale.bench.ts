import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { hasPostgres, startPostgres } from '../apps/server/test/postgres.ts'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'

// A server in a process of its own, with an account of ten domains and one of 10,000. Requests come from this process, DNS
// questions from a third one, so that only the server's own work is in a figure. The floor is Fastify in a process of its own.
const domains = 10_000
const reads = 200
const pageRounds = 9
const pagesInRound = 100
const connections = 8
const lists = 9
const flags = ['--conditions=@dmarc-as-code/source']
const script = (name: string) => join(import.meta.dirname, '..', 'apps', 'server', 'test', name)
const bareServer = join(import.meta.dirname, '..', 'apps', 'server', 'bench', 'bare-server.ts')

interface Tenant {
  accountId: number
  token: string
  ids: number[]
}

export default async function serverScale(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dmarc-scale-'))
  const postgres = hasPostgres() ? await startPostgres() : undefined
  try {
    const results = await measure('SQLite', join(folder, 'store.sqlite'), folder)
    if (postgres) results.push(...(await measure('PostgreSQL', await postgres.createDatabase(), folder)))
    return results
  } finally {
    await postgres?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(engine: string, store: string, folder: string): Promise<BenchResult[]> {
  const seeded = start(script('seed-store.ts'), [store, String(domains)])
  const { few, many, key } = (await seeded.line()) as { few: Tenant; many: Tenant; key: string }
  await seeded.stop()
  const server = start(script('server-process.ts'), [], {
    DMARC_SERVER_STORE: store,
    DMARC_SERVER_API__PORT: '0',
    DMARC_SERVER_HOSTED_ZONE: JSON.stringify({
      name: 'hosting.test',
      nameServers: [{ name: 'ns1.hosting.test', ipv4: ['127.0.0.1'] }],
      listen: { port: 0 },
    }),
    DMARC_SERVER_POLICY_HOST__LISTEN__PORT: '0',
    DMARC_SERVER_VERIFICATION: JSON.stringify({ recursors: [] }),
    DMARC_SERVER_LIMITS: JSON.stringify({ requestsPerMinute: 10_000_000, requestsPerMinuteAndAddress: 10_000_000 }),
    DMARC_SERVER_LOG: 'silent',
  })
  try {
    const { apiUrl, dns } = (await server.line()) as { apiUrl: string; dns: { port: number } }
    const get = async ({ token }: Tenant, path: string) => {
      const response = await fetch(apiUrl + path, { headers: { authorization: `Token token=${token}` } })
      const body = await response.text()
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${body}`)
      return body
    }
    const one = (tenant: Tenant) => {
      const id = tenant.ids[Math.floor(Math.random() * tenant.ids.length)]
      return milliseconds(() => get(tenant, `/v2/accounts/${tenant.accountId}/domains/${id}.json`))
    }
    let pageNumber = 0
    const pagePath = () => {
      pageNumber = (pageNumber % (domains / 100)) + 1
      return `/v2/accounts/${many.accountId}/domains.json?per=100&page=${pageNumber}`
    }
    const body = join(folder, 'page.json')
    await writeFile(body, await get(many, pagePath()))
    const bare = start(bareServer, [body])
    const { url: bareUrl } = (await bare.line()) as { url: string }

    const read = await interleave(reads, { few: () => one(few), many: () => one(many) })
    const authorization = `Token token=${many.token}`
    const paged = await interleave(pageRounds, {
      ours: () => rate(() => apiUrl + pagePath(), authorization),
      bare: () => rate(() => bareUrl, authorization),
    })
    await bare.stop()
    const listed = await interleave(lists, { whole: () => milliseconds(() => get(many, '/v2/all_domains.json')) })
    const memory = residentMiB(server.child)
    const latency = await responderLatency(dns.port, `${key}.dmarc.hosting.test`, () =>
      get(many, '/v2/all_domains.json'),
    )
    const named = (name: string) => `server on ${engine}: ${name}`
    const [few50, many50] = [median(read.few), median(read.many)]
    const [ours, floor] = [median(paged.ours), median(paged.bare)]
    const whole = median(listed.whole)
    return [
      {
        name: named('one domain in an account of 10,000, beside one of ten'),
        ...{ value: many50, unit: 'ms', ratio: many50 / few50, pass: many50 / few50 <= 1.2 },
        target: 'at most 1.2 times',
      },
      {
        name: named('pages of 100 domains, beside bare Fastify sending the same bytes'),
        ...{ value: ours, unit: 'pages/s', ratio: ours / floor, pass: ours / floor >= 0.5 },
        target: 'at least half',
      },
      {
        name: named('10,000 domains listed whole'),
        ...{ value: whole, unit: 'ms', ratio: null, pass: whole <= 150 },
        target: 'at most 150 ms',
      },
      ...(memory === undefined
        ? []
        : [
            {
              name: named('memory with 10,000 domains, after the lists'),
              ...{ value: memory, unit: 'MiB', ratio: null, pass: memory <= 200 },
              target: 'at most 200 MiB',
            },
          ]),
      {
        name: named('a DNS answer while 10,000 domains are listed, beside none (median)'),
        ...{ value: latency.busy, unit: 'ms', ratio: latency.busy / latency.idle, pass: latency.busy <= 2 },
        target: 'at most 2 ms',
      },
    ]
  } finally {
    await server.stop()
  }
}

/** Answers a second over a few connections that stay open. */
async function rate(url: () => string, authorization: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let left = pagesInRound
  const worker = async () => {
    while (left-- > 0) {
      const asked = request(url(), { agent, headers: { authorization } }).end()
      const [response] = await once(asked, 'response')
      if (response.statusCode !== 200) throw new Error(`a page was answered with ${response.statusCode}`)
      response.resume()
      await once(response, 'end')
    }
  }
  const took = await milliseconds(() => Promise.all(Array.from({ length: connections }, worker)))
  agent.destroy()
  return (1000 * pagesInRound) / took
}

/** Milliseconds for a DNS answer, the median: without other requests, and while lists are asked for one after the other. */
async function responderLatency(port: number, name: string, list: () => Promise<unknown>) {
  const probe = start(script('responder-probe.ts'), [String(port), name])
  const sample = async (): Promise<number> => {
    probe.child.stdin?.write('\n')
    const { times } = (await probe.line()) as { times: number[] }
    if (times.length === 0) throw new Error('the responder gave no answer')
    return median(times)
  }
  try {
    await delay(1000)
    await sample()
    const samples = await interleave(3, {
      idle: async () => {
        await delay(2000)
        return sample()
      },
      busy: async () => {
        for (let count = 0; count < 5; count++) await list()
        return sample()
      },
    })
    return { idle: median(samples.idle), busy: median(samples.busy) }
  } finally {
    await probe.stop()
  }
}

function start(file: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [...flags, file, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('the process has no output')
  const reader: Interface = createInterface(child.stdout)
  const lines = reader[Symbol.asyncIterator]()
  return {
    child,
    async line(): Promise<unknown> {
      const { value, done } = await lines.next()
      if (done) throw new Error(`${file} ended without a line (${child.exitCode ?? child.signalCode})`)
      return JSON.parse(value)
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}

function residentMiB({ pid }: ChildProcess): number | undefined {
  try {
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? undefined : Number(kib) / 1024
  } catch {
    return undefined
  }
}
