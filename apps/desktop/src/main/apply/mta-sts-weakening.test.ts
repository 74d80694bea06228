import { createServer, type Server } from 'node:https'
import { mailView } from '@dmarc-as-code/dns/apply'
import { createPolicyFetcher } from '@dmarc-as-code/dns/verify'
import { parseMtaStsPolicy } from '@dmarc-as-code/records'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBind } from '../../../../../test-support/bind.ts'
import type { DnsDaemon } from '../../../../../test-support/dns-daemon.ts'
import { freePort } from '../../../../../test-support/free-port.ts'
import { hasPrograms } from '../../../../../test-support/programs.ts'
import { mtaStsSituations, mtaStsTargets, mtaStsZones } from '../../../../../test-support/weakening/index.ts'
import { selfSigned } from '../../../e2e/harness/self-signed.ts'
import { bindPlanner } from '../../../test/bind-planner.ts'
import { domain, record } from '../../../test/fixtures.ts'
import type { DomainSummary, MtaStsPolicyView } from '../../shared/model.ts'
import { planVerdict } from '../../shared/plan-decisions.ts'
import type { Planner } from './planner.ts'

const key = {
  name: 'k',
  algorithm: 'hmac-sha256' as const,
  secret: Buffer.from('weakening-of-the-tray-app-123456').toString('base64'),
}
const [liveAddress, hostedAddress] = ['127.0.0.1', '127.0.0.2']

describe.skipIf(!hasPrograms('named', 'openssl'))('what the plan says of MTA-STS, where the domain has', () => {
  let server: DnsDaemon
  let hosts: Server[]
  let planner: Planner
  beforeAll(async () => {
    server = await startBind({ zones: mtaStsZones(liveAddress, hostedAddress), keys: [key] })
    const names = mtaStsSituations.map((each) => `DNS:mta-sts.${each.domain}`)
    const pem = selfSigned(names.join(','))
    const webPort = await freePort()
    hosts = await Promise.all(
      (['live', 'hosted'] as const).map(async (side) => {
        const host = createServer({ key: pem, cert: pem }, (request, response) => {
          const text = mtaStsSituations.find((each) => request.headers.host?.includes(each.domain))?.[side]
          response.writeHead(text ? 200 : 404, { 'content-type': 'text/plain' }).end(text ?? '')
        })
        await new Promise<void>((done) =>
          host.listen(webPort, side === 'live' ? liveAddress : hostedAddress, () => done()),
        )
        return host
      }),
    )
    const policies = createPolicyFetcher({ ca: pem, connect: { port: webPort } })
    planner = await bindPlanner({
      bind: server,
      key,
      zones: mtaStsSituations.map((each) => each.domain),
      zoneOf: (zone) => zone,
      view: (resolver, signal) => mailView(resolver, { policies, signal }),
    })
  })
  afterAll(async () => {
    await planner?.close()
    await server?.close()
    for (const host of hosts ?? []) await new Promise((done) => host.close(done))
  })

  /** The domain as the service lists it: with the policy that it hosts, where it hosts one. */
  function summary(situation: (typeof mtaStsSituations)[number]): DomainSummary {
    const { mta_sts_policy, mta_sts_id } = mtaStsTargets(situation)
    const name = situation.domain
    return domain(name, 'attention', {
      hostedDmarc: false,
      hostedMtaSts: true,
      records: [
        record(name, 'attention', { kind: 'mta_sts_policy', name: `mta-sts.${name}`, expected: mta_sts_policy }),
        record(name, 'attention', { kind: 'mta_sts_id', name: `_mta-sts.${name}`, expected: mta_sts_id }),
      ],
      ...(situation.hosted === null ? {} : { mtaSts: policyView(situation.hosted) }),
    })
  }

  it.each(mtaStsSituations)('$title', async (situation) => {
    const planned = await planner.plan(summary(situation))
    expect(planned.problem).toBeUndefined()
    const choices = Object.fromEntries(planned.items.map(({ id }) => [id, 'replace' as const]))
    const { grade, needsConsent, unknown } = planVerdict({ domains: [planned] }, { choices, policies: {}, reason: '' })
    const expected = situation.verdict
    expect(needsConsent).toBe(expected.needsConsent)
    expect(unknown).toEqual(expected.grade === 'unknown' ? [situation.domain] : [])
    if (expected.grade !== 'unknown') expect(grade).toBe(expected.grade)
    expect(planned.mtaSts?.changes.map(({ reason }) => reason) ?? []).toEqual(expected.reasons)
    // Where a policy stands, nothing is replaced unless that is chosen.
    const untouched = planVerdict({ domains: [planned] }, { choices: {}, policies: {}, reason: '' })
    expect(untouched.needsConsent).toBe(false)
  })
})

function policyView(text: string): MtaStsPolicyView {
  const { mode = '', mx = [], max_age: seconds = 0 } = parseMtaStsPolicy(text).tags
  return { mode, mx, days: seconds / 86_400 }
}
