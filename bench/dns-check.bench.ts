import { createSocket } from 'node:dgram'
import { createBulkDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { checkFleet, type FleetDomain } from '@dmarc-as-code/dns/verify'
import packet, { type OptAnswer } from 'dns-packet'
import { startBind } from '../test-support/bind.ts'
import { type BenchResult, interleave, median } from './harness.ts'

// 10,000 domains with four names each, asked from one BIND on loopback. The floor is the same 40,000 questions sent with
// nothing but dns-packet and one socket, 200 on their way at once, answers decoded and thrown away. Client and server need
// a core each: on a machine that is busy otherwise, both rates say more about its scheduler.
const domains = 10_000
const rounds = 9
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
  const bind = await startBind({ zones: [{ name: 'example.test', records }] })
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

function heapMiB(): number {
  if (!globalThis.gc) throw new Error('the heap can only be measured under node --expose-gc')
  globalThis.gc()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Queries a second. */
function bareQueries(port: number): Promise<number> {
  const names = Object.values(labels)
  const total = domains * 4
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
      const name = `${names[index % 4]}.d${(index >> 2) + 1}.example.test`
      // The questions the check asks, EDNS and all: an answer without EDNS is cheaper for the server.
      const type = index % 4 === 1 ? 'A' : 'TXT'
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
