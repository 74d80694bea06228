import { afterEach, describe, expect, it } from 'vitest'
import { createDnsClient, createResolver } from '../src/resolver.ts'
import { checkRecords } from '../src/verifier.ts'
import { rcode, type Script, type ScriptedDns, startScriptedDns } from './scripted-dns.ts'
import { targets } from './world.ts'
import { authoritative } from './zones.ts'

const right = authoritative({ 'example.test': ['@ NS ns1.example.test', `_dmarc CNAME ${targets.dmarc}`] })
const empty = authoritative({ 'example.test': ['@ NS ns1.example.test'] })
const forged = { name: '_dmarc.example.test', type: 'CNAME' as const, ttl: 60, data: targets.dmarc }

const servers: ScriptedDns[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

/** The verdict when these scripts are the servers of example.test, asked through real sockets. */
async function verdictOf(...scripts: Script[]) {
  for (const script of scripts) servers.push(await startScriptedDns(script))
  const stubZones = [{ zone: 'example.test', servers: servers.map(({ address, port }) => ({ address, port })) }]
  const resolver = createResolver({ client: createDnsClient(), stubZones, recursors: [], timeout: 700, tries: 2 })
  const { dmarc } = await checkRecords({
    domain: 'example.test',
    expected: { dmarc: { target: targets.dmarc } },
    resolver,
  })
  return dmarc
}

describe('over real sockets', () => {
  it('verifies what two servers agree on', async () => {
    expect(await verdictOf(right, right)).toMatchObject({ status: 'verified', asked: [{}, {}] })
  })

  it('verifies answers that were truncated, over TCP', async () => {
    const truncating: Script = (query) => (query.transport === 'udp' ? { tc: true } : right(query))
    expect(await verdictOf(truncating)).toMatchObject({ status: 'verified' })
  })

  it('tells servers that disagree', async () => {
    expect(await verdictOf(right, empty)).toMatchObject({ status: 'awaiting_setup', reason: 'disagreeing' })
  })

  it('believes no forged answer that comes before the true one', async () => {
    const attacked: Script = (query) => {
      const truth = empty(query)
      const late = typeof truth === 'object' && !Array.isArray(truth) ? { ...truth, delay: 50 } : {}
      return [{ idOffset: 3, answers: [forged] }, { noQuestion: true, answers: [forged] }, late]
    }
    expect(await verdictOf(attacked)).toMatchObject({ status: 'awaiting_setup', reason: 'absent' })
  })

  it.each<[string, Script]>([
    ['silent', () => 'silent'],
    ['failing', () => ({ rcode: rcode.SERVFAIL })],
    ['lame', () => ({ aa: false, answers: [forged] })],
    ['talking nonsense', () => Buffer.from('nonsense')],
  ])('says that it does not know when the server is %s', async (_, script) => {
    expect(await verdictOf(script)).toMatchObject({ status: 'awaiting_setup', reason: 'unknown' })
  })
})
