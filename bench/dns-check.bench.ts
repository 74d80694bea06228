import { createSocket } from 'node:dgram'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Io, runCli } from '@dmarc-as-code/dns/cli'
import { createBulkDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { checkFleet, type FleetDomain } from '@dmarc-as-code/dns/verify'
import packet, { type OptAnswer } from 'dns-packet'
import { startBind } from '../test-support/bind.ts'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'

// 10,000 domains with four names each, asked from one BIND on loopback. The floor is the same 40,000 questions sent with
// nothing but dns-packet and one socket, 200 on their way at once, answers decoded and thrown away. Client and server need
// a core each: on a machine that is busy otherwise, both rates say more about its scheduler.
const domains = 10_000
const rounds = 9
/** Domains of the fleets that the command checks; the first is compared with a bare loop. */
const fleets = [1000, 8000, 20_000] as const
const labels = { dmarc: '_dmarc', mta_sts_policy: 'mta-sts', mta_sts_id: '_mta-sts', tls_rpt: '_smtp._tls' } as const
const targetZones = {
  dmarc: 'dmarc.hosted.test',
  mta_sts_policy: 'mta-sts.hosted.test',
  mta_sts_id: 'sts-id.hosted.test',
  tls_rpt: 'tls-rpt.hosted.test',
} as const
const kinds = Object.keys(labels) as (keyof typeof labels)[]

const opt: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
}

export default async function dnsCheck(): Promise<BenchResult[]> {
  const records = kinds.map((kind) => `$GENERATE 1-${domains} ${labels[kind]}.d$ CNAME k$.${targetZones[kind]}.`)
  const bind = await startBind({
    zones: [
      { name: 'example.test', records },
      { name: 'own.test', records: ownRecords() },
    ],
  })
  const client = createBulkDnsClient()
  try {
    const stubZones = [{ zone: 'example.test', servers: [{ address: bind.address, port: bind.port }] }]
    const resolver = createResolver({ client, stubZones, recursors: [], tries: 4 })
    const check = async (seen?: (count: number) => void) => {
      const from = performance.now()
      let count = 0
      for await (const { domain, verdicts } of checkFleet({ domains: fleet(), resolver })) {
        const all = kinds.every((kind) => verdicts[kind]?.status === 'verified')
        if (!all) throw new Error(`${domain} is not right`)
        seen?.(++count)
      }
      return (domains * 4 * 1000) / (performance.now() - from)
    }
    // Memory is measured first and by itself: collecting garbage takes time that the floor is not charged for. Heap at the
    // end of a run over the heap after a quarter of it; a leak of 1 kB a domain would be 7 MiB.
    const growth: number[] = []
    for (let run = 0; run < 3; run++) {
      let quarter = 0
      await check((count) => {
        if (count === domains / 4) quarter = heapMiB()
        if (count === domains) growth.push(heapMiB() - quarter)
      })
    }
    await bareQueries(bind.port)
    const samples = await interleave(rounds, { bare: () => bareQueries(bind.port), check: () => check() })
    const command = await checkCommand(bind.port)
    const [value, floor] = [median(samples.check), median(samples.bare)]
    return [
      {
        name: 'dns-check: names checked',
        value,
        unit: 'names/s',
        target: 'at least half the rate of bare dns-packet UDP queries',
        ratio: value / floor,
        pass: value >= floor / 2,
      },
      {
        name: 'dns-check: heap growth over 7,500 domains',
        value: median(growth),
        unit: 'MiB',
        target: 'below 5 MiB',
        ratio: null,
        pass: median(growth) < 5,
      },
      ...command,
    ]
  } finally {
    client.close()
    await bind.close()
  }
}

function* fleet(): Generator<FleetDomain> {
  for (let i = 1; i <= domains; i++) {
    const expected = {
      dmarc: { target: `k${i}.${targetZones.dmarc}` },
      mta_sts_policy: { target: `k${i}.${targetZones.mta_sts_policy}` },
      mta_sts_id: { target: `k${i}.${targetZones.mta_sts_id}` },
      tls_rpt: { target: `k${i}.${targetZones.tls_rpt}` },
    }
    yield { domain: `d${i}.example.test`, expected }
  }
}

/** Records of their own for the largest fleet, as receivers accept them. */
function ownRecords(): string[] {
  const values = {
    dmarc: 'TXT "v=DMARC1\\; p=reject"',
    mta_sts_policy: 'A 192.0.2.1',
    mta_sts_id: 'TXT "v=STSv1\\; id=1"',
    tls_rpt: 'TXT "v=TLSRPTv1\\; rua=mailto:a@own.test"',
  }
  return kinds.map((kind) => `$GENERATE 1-${Math.max(...fleets)} ${labels[kind]}.d$ ${values[kind]}`)
}

function heapMiB(): number {
  if (!globalThis.gc) throw new Error('the heap can only be measured under node --expose-gc')
  globalThis.gc()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/**
 * `dmarc-dns check` over fleets, one process, without its start. Its floor is a bare loop over the five questions that it has
 * to ask for each domain: its four names, and a name that nobody has made, which shows the zone and a wildcard.
 */
async function checkCommand(port: number): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dmarc-bench-'))
  const [small, ...larger] = fleets
  const files = new Map<number, string>()
  for (const count of fleets) {
    const file = join(folder, `${count}.txt`)
    await writeFile(file, Array.from({ length: count }, (_, i) => `d${i + 1}.own.test\n`).join(''))
    files.set(count, file)
  }
  const command = async (count: number) => {
    let last = ''
    const io: Io = {
      out: (text) => {
        last = text
      },
      err: () => {},
      readInput: async () => '',
      env: {},
      terminal: false,
      signal: new AbortController().signal,
    }
    const fleet = ['--fleet', files.get(count) as string, '--no-fetch', '--stub-zone', `own.test=127.0.0.1:${port}`]
    const took = await milliseconds(() => runCli(['check', ...fleet], io, '0.0.0'))
    if (!last.startsWith(`${count} right, 0 need attention, 0 could`)) throw new Error(`unexpected: ${last}`)
    return took
  }
  try {
    await command(small)
    const bare = async () => (small * 5 * 1000) / (await bareQueries(port, small, 'own.test', 5))
    const samples = await interleave(rounds, { bare, check: () => command(small) })
    const [value, floor] = [median(samples.check), median(samples.bare)]
    const perDomain = value / small
    const rest: BenchResult[] = []
    for (const count of larger) {
      // By processor time: the rates of a fleet that takes ten seconds say more about the neighbours of the machine.
      const { same, many } = await interleave(3, {
        same: () => processorTime(() => command(small)),
        many: () => processorTime(() => command(count)),
      })
      const ratio = median(many) / count / (median(same) / small)
      rest.push({
        name: `dns-check: dmarc-dns check of ${count} domains`,
        value: (median(many) / count) * 1000,
        unit: 'µs/domain (processor)',
        target: `at most 1.5 times the time per domain of ${small}`,
        ratio,
        pass: ratio <= 1.5,
      })
    }
    return [
      {
        name: `dns-check: dmarc-dns check of ${small} domains`,
        value: perDomain * 1000,
        unit: 'µs/domain',
        target: 'at most 3 times a bare loop over the same questions',
        ratio: value / floor,
        pass: value <= 3 * floor,
      },
      ...rest,
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Milliseconds of this process that `work` takes. */
async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const from = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

/** Queries a second. */
function bareQueries(port: number, count = domains, zone = 'example.test', each = 4): Promise<number> {
  const names = [...Object.values(labels), 'nobody']
  const total = count * each
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
    const from = performance.now()
    const waiting = new Map<number, NodeJS.Timeout>()
    let [sent, answered] = [0, 0]
    const send = () => {
      if (sent === total) return
      ask(sent++)
    }
    const ask = (index: number) => {
      const id = index & 0xffff
      const name = `${names[index % each]}.d${Math.floor(index / each) + 1}.${zone}`
      // The questions the check asks, EDNS and all: an answer without EDNS is cheaper for the server.
      const type = index % each === 1 ? 'A' : 'TXT'
      const query = packet.encode({ type: 'query', id, questions: [{ type, name }], additionals: [opt] })
      waiting.set(id, setTimeout(ask, 2000, index))
      socket.send(query, port, '127.0.0.1')
    }
    socket.on('error', reject)
    socket.on('message', (bytes) => {
      const { id = -1 } = packet.decode(bytes)
      if (!waiting.has(id)) return
      clearTimeout(waiting.get(id))
      waiting.delete(id)
      if (++answered < total) return send()
      socket.close()
      resolve((total * 1000) / (performance.now() - from))
    })
    for (let i = 0; i < 200; i++) send()
  })
}
