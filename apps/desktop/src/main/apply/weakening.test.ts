import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { mailView } from '@dmarc-as-code/dns/apply'
import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBind } from '../../../../../test-support/bind.ts'
import type { DnsDaemon } from '../../../../../test-support/dns-daemon.ts'
import { hasPrograms } from '../../../../../test-support/programs.ts'
import {
  type DmarcSituation,
  dmarcSituations,
  dmarcTarget,
  dmarcZones,
} from '../../../../../test-support/weakening/index.ts'
import { domain, record } from '../../../test/fixtures.ts'
import { InMemorySecretStore } from '../../../test/memory-secrets.ts'
import type { ApplyDomain, DmarcChoice } from '../../shared/apply.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { defaultChoice, planVerdict } from '../../shared/plan-decisions.ts'
import { CredentialStore, type DnsAccess } from '../dns/credential-store.ts'
import { Planner } from './planner.ts'

const key = {
  name: 'k',
  algorithm: 'hmac-sha256',
  secret: Buffer.from('weakening-of-the-tray-app-123456').toString('base64'),
}

describe.skipIf(!hasPrograms('named'))('what the plan says first, on zones of BIND, where the domain has', () => {
  let server: DnsDaemon
  let planner: Planner
  beforeAll(async () => {
    server = await startBind({ zones: dmarcZones(), keys: [{ ...key, algorithm: 'hmac-sha256' }] })
    const { address, port } = server
    const stubZones = [{ zone: '.', servers: [{ address, port }] }]
    const resolver = createResolver({ client: createDnsClient(), stubZones, recursors: [] })
    let access: DnsAccess = {}
    const credentials = new CredentialStore({
      secrets: new InMemorySecretStore(),
      load: () => access,
      save: (next) => {
        access = next
      },
      onSecret: () => {},
    })
    planner = new Planner({
      lookUpZone: async ({ address: name }) => ({ zone: zoneOf(name), serviceTitle: 'BIND', suggested: 'rfc2136' }),
      openAdapter: () =>
        createAdapter({ type: 'rfc2136', server: address, port, key: { ...key, algorithm: 'hmac-sha256' } }),
      access: credentials,
      view: (_domain, signal) => mailView(resolver, { signal }),
      onFailure: (error) => {
        throw error
      },
    })
    for (const { domain: name } of dmarcSituations)
      await credentials.remember(zoneOf(name), { method: 'rfc2136', values: {} })
  })
  afterAll(async () => {
    await planner?.close()
    await server?.close()
  })

  const zoneOf = (name: string) =>
    dmarcSituations.find((situation) => situation.domain === name)?.zones[0]?.name ?? name

  function summary(situation: DmarcSituation): DomainSummary {
    return domain(situation.domain, 'attention', {
      records: [record(situation.domain, 'attention', { expected: dmarcTarget(situation) })],
      dmarcRecord: situation.hosted,
      defaultDmarcRecord: situation.hosted,
    })
  }

  const verdictOf = (planned: ApplyDomain, choice: DmarcChoice) =>
    planVerdict({ domains: [planned] }, { choices: {}, policies: { [planned.key]: choice }, reason: '' })

  it.each(dmarcSituations)('$title', async (situation) => {
    const planned = await planner.plan(summary(situation))
    expect(planned.problem).toBeUndefined()
    const { grade, needsConsent, unknown } = verdictOf(planned, 'hosted')
    const expected = situation.verdict
    expect(needsConsent).toBe(expected.needsConsent)
    expect(unknown).toEqual(expected.grade === 'unknown' ? [situation.domain] : [])
    if (expected.grade !== 'unknown') expect(grade).toBe(expected.grade)
    expect(planned.dmarc?.hosted?.changes.map(({ reason }) => reason) ?? []).toEqual(expected.reasons)
    // Where the live policy is stronger, keeping it is the choice that the page begins with, and it needs no reason.
    expect(defaultChoice(planned) === 'take-over').toBe(expected.needsConsent)
    if (expected.needsConsent) expect(verdictOf(planned, 'take-over').needsConsent).toBe(false)
  })
})
