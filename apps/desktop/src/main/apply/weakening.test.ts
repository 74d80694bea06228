import { mailView } from '@dmarc-as-code/dns/apply'
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
import { bindPlanner } from '../../../test/bind-planner.ts'
import { domain, record } from '../../../test/fixtures.ts'
import type { ApplyDomain, DmarcChoice } from '../../shared/apply.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { defaultChoice, planVerdict } from '../../shared/plan-decisions.ts'
import type { Planner } from './planner.ts'

const key = {
  name: 'k',
  algorithm: 'hmac-sha256' as const,
  secret: Buffer.from('weakening-of-the-tray-app-123456').toString('base64'),
}

describe.skipIf(!hasPrograms('named'))('what the plan says first, on zones of BIND, where the domain has', () => {
  let server: DnsDaemon
  let planner: Planner
  beforeAll(async () => {
    server = await startBind({ zones: dmarcZones(), keys: [key] })
    planner = await bindPlanner({
      bind: server,
      key,
      zones: dmarcSituations.map((each) => zoneOf(each.domain)),
      zoneOf,
      view: (resolver, signal) => mailView(resolver, { signal }),
    })
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
