import { createServer, type Server } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBind } from '../../../test-support/bind.ts'
import type { DnsDaemon } from '../../../test-support/dns-daemon.ts'
import { freePort } from '../../../test-support/free-port.ts'
import { startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import {
  dmarcSituations,
  dmarcTarget,
  dmarcZones,
  mtaStsSituations,
  mtaStsTargets,
  mtaStsZones,
} from '../../../test-support/weakening/index.ts'
import { createAdapter } from '../src/adapters/create.ts'
import { mailView } from '../src/effect/index.ts'
import { apply } from '../src/engine/apply.ts'
import { WeakeningError } from '../src/engine/errors.ts'
import { memoryJournalStore } from '../src/engine/journal.ts'
import { type PlanOptions, plan } from '../src/engine/plan.ts'
import type { DnsAdapter, WantedRecord } from '../src/engine/types.ts'
import { undo } from '../src/engine/undo.ts'
import { createResolver, type Resolver } from '../src/observe/resolver.ts'
import type { TsigKey } from '../src/rfc2136/tsig.ts'
import { createDnsClient } from '../src/transport/client.ts'
import { createPolicyFetcher } from '../src/verify/policy-fetch.ts'
import { testAuthority } from './certificates.ts'

const key: TsigKey = {
  name: 'k',
  algorithm: 'hmac-sha256',
  secret: Buffer.from('weakening-weakening-weakening-12').toString('base64'),
}
const cname = (name: string, value: string): WantedRecord => ({ name, type: 'CNAME', value })

async function against(server: DnsDaemon): Promise<{ adapter: DnsAdapter; resolver: Resolver }> {
  const { address, port } = server
  const adapter = await createAdapter({ type: 'rfc2136', server: address, port, key: { ...key } })
  const stubZones = [{ zone: '.', servers: [{ address, port }] }]
  return { adapter, resolver: createResolver({ client: createDnsClient(), stubZones, recursors: [] }) }
}

const servers = [
  ['BIND', 'named', startBind],
  ['Knot DNS', 'knotd', startKnot],
] as const

describe.each(servers)('what a plan says about mail, on zones of %s', (_, program, start) => {
  describe.skipIf(!hasPrograms(program))('DMARC', () => {
    let server: DnsDaemon
    let adapter: DnsAdapter
    let resolver: Resolver
    beforeAll(async () => {
      server = await start({ zones: dmarcZones(), keys: [key] })
      ;({ adapter, resolver } = await against(server))
    })
    afterAll(() => server?.close())
    const planFor = (situation: (typeof dmarcSituations)[number], options: PlanOptions = {}) =>
      plan([cname(`_dmarc.${situation.domain}`, dmarcTarget(situation))], adapter, {
        conflict: 'replace',
        view: mailView(resolver),
        ...options,
      })

    it.each(dmarcSituations)('compares before and after where the domain has $title', async (situation) => {
      const { verdict, items } = await planFor(situation)
      const effect = items[0]?.effect
      expect(effect?.grade).toBe(situation.verdict.grade)
      expect(effect?.comparison?.changes.map(({ reason }) => reason) ?? []).toEqual(situation.verdict.reasons)
      expect(verdict.needsConsent).toBe(situation.verdict.needsConsent)
      expect(verdict.unknown).toEqual(situation.verdict.grade === 'unknown' ? [situation.domain] : [])
      expect(effect?.after.text).toBe(situation.hosted)
    })

    it.each(dmarcSituations)('takes the word of a caller for the hosted record, with $title', async (situation) => {
      const expected = { [`_dmarc.${situation.domain}`]: situation.hosted }
      const { items } = await planFor({ ...situation, id: 'not-hosted-yet' }, { expected })
      expect(items[0]?.effect?.grade).toBe(situation.verdict.grade)
      expect(items[0]?.effect?.comparison?.changes.map(({ reason }) => reason) ?? []).toEqual(situation.verdict.reasons)
    })

    it('applies what weakens only with a reason, keeps it in the journal, and undoes it', async () => {
      const weakening = dmarcSituations.filter(({ verdict }) => verdict.needsConsent)
      for (const situation of weakening) {
        const planned = await planFor(situation)
        const journals = memoryJournalStore()
        await expect(apply(planned, adapter, { journals }), situation.id).rejects.toThrow(WeakeningError)
        expect(await journals.list()).toEqual([])
        const result = await apply(planned, adapter, { journals, allowWeaker: ' Moving to another service ' })
        expect(result.journal?.allowWeaker).toBe('Moving to another service')
        expect(result).not.toHaveProperty('unneededConsent')
        await undo(result.journal as NonNullable<typeof result.journal>, adapter, { journals })
        expect((await planFor(situation)).items[0]?.before).toEqual(planned.items[0]?.before)
      }
      expect(weakening.length).toBeGreaterThan(4)
    })

    it('applies what does not weaken without a reason, and says when one was given for nothing', async () => {
      for (const situation of dmarcSituations.filter(({ verdict }) => !verdict.needsConsent)) {
        const planned = await planFor(situation)
        const journals = memoryJournalStore()
        const { journal, unneededConsent } = await apply(planned, adapter, { journals, allowWeaker: 'just in case' })
        expect(unneededConsent, situation.id).toBe(true)
        expect(journal).not.toHaveProperty('allowWeaker')
        if (journal) await undo(journal, adapter, { journals })
      }
    })

    it('refuses a reason without words before it touches anything', async () => {
      const [situation] = dmarcSituations
      if (!situation) throw new Error('no situation')
      const planned = await planFor(situation)
      const journals = memoryJournalStore()
      await expect(apply(planned, adapter, { journals, allowWeaker: '  ' })).rejects.toThrow('The reason is empty')
      expect((await planFor(situation)).items[0]?.before).toEqual(planned.items[0]?.before)
    })

    it('says what a conflict would do to mail, before anybody replaces it', async () => {
      const [situation] = dmarcSituations
      if (!situation) throw new Error('no situation')
      const { items, verdict } = await planFor(situation, { conflict: 'fail' })
      expect(items[0]).toMatchObject({ action: 'conflict', effect: { needsConsent: true } })
      expect(verdict.words).toBe(`Weakens protection at ${situation.domain}.`)
    })

    it('shows TLS report addresses that are lost, in the plan and in its undo, and refuses nothing', async () => {
      const name = '_smtp._tls.none.test'
      const zone = await adapter.findZone(name)
      if (!zone) throw new Error('no zone')
      const own = { name, type: 'TXT' as const, ttl: 60, values: ['"v=TLSRPTv1; rua=mailto:tls@none.test"'] }
      await adapter.write(zone, [{ name, before: [], after: [own] }])
      const expected = { [name]: 'v=TLSRPTv1; rua=mailto:in@hosted.test' }
      const view = mailView(resolver)
      const planned = await plan([cname(name, 'k.tls-rpt.hosted.test')], adapter, {
        conflict: 'replace',
        view,
        expected,
      })
      expect(planned.items[0]?.effect).toMatchObject({ policy: 'tls-rpt', grade: 'incomparable', needsConsent: false })
      expect(planned.verdict).toMatchObject({ needsConsent: false, words: 'Weakens protection at none.test.' })
      const { journal } = await apply(planned, adapter, { journals: memoryJournalStore() })
      if (!journal) throw new Error('nothing was written')
      await undo(journal, adapter)
      expect(await adapter.read(zone, [name])).toMatchObject([{ type: 'TXT', values: own.values }])
      await adapter.write(zone, [{ name, before: [own], after: [] }])
    })

    it('has no effect to tell of once the CNAME is in place', async () => {
      const situation = dmarcSituations.find(({ id }) => id === 'weaker-own')
      if (!situation) throw new Error('no situation')
      const { journal } = await apply(await planFor(situation), adapter, { journals: memoryJournalStore() })
      const { items, verdict } = await planFor(situation)
      expect(items[0]).toMatchObject({ action: 'unchanged' })
      expect(items[0]).not.toHaveProperty('effect')
      expect(verdict.words).toBe('Protection stays the same.')
      if (journal) await undo(journal, adapter)
    })
  })

  describe.skipIf(!hasPrograms(program))('MTA-STS', () => {
    const [liveAddress, hostedAddress] = ['127.0.0.1', '127.0.0.2']
    let server: DnsDaemon
    let adapter: DnsAdapter
    let resolver: Resolver
    let hosts: Server[]
    let ca: string
    let port: number
    beforeAll(async () => {
      server = await start({ zones: mtaStsZones(liveAddress, hostedAddress), keys: [key] })
      ;({ adapter, resolver } = await against(server))
      const authority = await testAuthority()
      const names = mtaStsSituations.map(({ domain }) => `mta-sts.${domain}`)
      const identity = await authority.issue('policy hosts', undefined, { names })
      ca = authority.ca
      port = await freePort()
      hosts = await Promise.all(
        (['live', 'hosted'] as const).map(async (side) => {
          const host = createServer(identity, (request, response) => {
            const one = mtaStsSituations.find(({ domain }) => request.headers.host?.includes(domain))
            const text = one?.[side]
            response.writeHead(text ? 200 : 404, { 'content-type': 'text/plain' }).end(text ?? '')
          })
          await new Promise<void>((resolve) =>
            host.listen(port, side === 'live' ? liveAddress : hostedAddress, () => resolve()),
          )
          return host
        }),
      )
    })
    afterAll(async () => {
      await server?.close()
      for (const host of hosts ?? []) await new Promise((resolve) => host.close(resolve))
    })

    const planFor = (situation: (typeof mtaStsSituations)[number], options: PlanOptions = {}) => {
      const target = mtaStsTargets(situation)
      const records = [
        cname(`mta-sts.${situation.domain}`, target.mta_sts_policy),
        cname(`_mta-sts.${situation.domain}`, target.mta_sts_id),
      ]
      const policies = createPolicyFetcher({ ca, connect: { port } })
      return plan(records, adapter, { conflict: 'replace', view: mailView(resolver, { policies }), ...options })
    }

    it.each(mtaStsSituations)('compares the policy files where the domain has $title', async (situation) => {
      const { items, verdict } = await planFor(situation)
      expect(items[0]?.effect?.grade).toBe(situation.verdict.grade)
      expect(items[0]?.effect?.comparison?.changes.map(({ reason }) => reason) ?? []).toEqual(situation.verdict.reasons)
      // One policy, one effect: it is not told at the second name as well.
      expect(items[1]).not.toHaveProperty('effect')
      expect(verdict.needsConsent).toBe(situation.verdict.needsConsent)
    })

    it('takes the word of a caller for the hosted policy', async () => {
      const situation = mtaStsSituations.find(({ id }) => id === 'host-to-come')
      if (!situation?.live) throw new Error('no situation')
      const expected = { [`mta-sts.${situation.domain}`]: situation.live.replace('enforce', 'none') }
      const { verdict } = await planFor(situation, { expected })
      expect(verdict).toMatchObject({ needsConsent: true, grade: 'weaker' })
    })

    it('weakens nothing without a reason', async () => {
      const situation = mtaStsSituations.find(({ verdict }) => verdict.needsConsent)
      if (!situation) throw new Error('no situation')
      const planned = await planFor(situation)
      const journals = memoryJournalStore()
      await expect(apply(planned, adapter, { journals })).rejects.toThrow(
        'The MTA-STS mode goes from enforce to testing',
      )
      const { journal } = await apply(planned, adapter, { journals, allowWeaker: 'New mail servers this week' })
      expect(journal?.allowWeaker).toBe('New mail servers this week')
    })
  })
})
