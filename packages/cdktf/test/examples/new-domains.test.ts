import type { MailView } from '@dmarc-as-code/dns/apply'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookAtMail } from '../../../../examples/ci/check/live.ts'
import { newDomainLosses } from '../../../../examples/ci/check/new-domains.ts'
import type { Plan, Values } from '../../../../examples/ci/check/plan.ts'
import { type DnsDaemon, startKnot } from '../../../../test-support/knot.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { dmarcSituations, dmarcZones } from '../../../../test-support/weakening/index.ts'

const created = (...domains: Values[]): Plan => ({
  resource_changes: domains.map(({ unknown = {}, ...after }) => ({
    address: `dmarcreport_domain.${after.address}`,
    type: 'dmarcreport_domain',
    change: { actions: ['create'], before: null, after, after_unknown: unknown },
  })),
})

describe.skipIf(!hasPrograms('knotd'))('new domains, beside what is live', () => {
  let knot: DnsDaemon
  beforeAll(async () => {
    knot = await startKnot({ zones: dmarcZones() })
  })
  afterAll(() => knot?.close())

  it.each(dmarcSituations.map((situation) => [situation.title, situation] as const))(
    'are judged by the one comparison where the domain has %s',
    async (_, { domain, hosted, verdict }) => {
      const look = lookAtMail({ DMARCREPORT_STUB_ZONES: `.=${knot.address}:${knot.port}` })
      const plan = created({
        address: domain,
        hosted_dmarc: { published_record: hosted },
        allow_weaker: verdict.needsConsent ? 'Tried out' : null,
      })
      const { refused, unread } = await newDomainLosses(plan, look)
      expect(refused.length > 0, refused.join('\n')).toBe(verdict.needsConsent)
      expect(unread.length > 0, unread.join('\n')).toBe(verdict.grade === 'unknown')
      if (!verdict.needsConsent) return
      expect(refused.at(-2)).toMatch(/^\S+: live now is v=DMARC1; /)
      expect(refused.at(-1)).toBe(`${domain}: the reason given is "Tried out"`)
    },
  )
})

/** What is live: a DMARC record, and an MTA-STS policy file. */
const live = (record: string | null, policy: string | null = null): MailView => ({
  async texts(name) {
    if (name === '_mta-sts.new.test') return { value: policy === null ? [] : ['v=STSv1; id=1'] }
    return { value: name === '_dmarc.new.test' && record !== null ? [record] : [] }
  },
  freshTexts: async () => ({ value: [] }),
  addresses: async () => ({ value: ['192.0.2.1'] }),
  policyFile: async () => ({ value: policy }),
  reaches: () => true,
})
const judge = (domain: Values, view: MailView) =>
  newDomainLosses(created({ address: 'new.test', ...domain }), () => view)

describe('a new domain whose record only the apply tells', () => {
  const unknown = { hosted_dmarc: { published_record: true } }

  it('is judged by its settings, with the addresses of the service in the place of its own', async () => {
    const reject = live('v=DMARC1; p=reject')
    expect((await judge({ hosted_dmarc: { policy: 'reject' }, unknown }, reject)).refused).toEqual([])
    expect((await judge({ hosted_dmarc: {}, parked: true, unknown }, reject)).refused).toEqual([])
    expect((await judge({ hosted_dmarc: { policy: 'none' }, unknown }, reject)).refused).toContain(
      'new.test: The policy for the domain goes from reject to none',
    )
    const own = live('v=DMARC1; p=none; rua=mailto:soc@new.test')
    expect((await judge({ hosted_dmarc: { extra_rua: ['soc@new.test'] }, unknown }, own)).refused).toEqual([])
    expect((await judge({ hosted_dmarc: {}, unknown }, own)).refused.join()).toContain('soc@new.test')
  })

  it('is judged by what it takes over', async () => {
    const current_record = 'v=DMARC1; p=reject; rua=mailto:soc@new.test'
    const hosted_dmarc = { from_current: true, current_record }
    expect((await judge({ hosted_dmarc, unknown }, live(current_record))).refused).toEqual([])
  })

  it('takes the label where the settings themselves are not known yet', async () => {
    for (const unknownToo of [{ hosted_dmarc: true }, { hosted_dmarc: { policy: true, published_record: true } }]) {
      expect((await judge({ hosted_dmarc: {}, unknown: unknownToo }, live(null))).refused).toEqual([
        'new.test: what DMARC will say is known only after the apply',
      ])
    }
  })
})

it('compares the MTA-STS policy of a new domain with the one that is served', async () => {
  const view = live(null, 'version: STSv1\r\nmode: enforce\r\nmx: mx.new.test\r\nmax_age: 604800\r\n')
  const settings = { mode: 'testing', mx: ['mx.new.test'], max_age_days: 7 }
  const { refused } = await judge({ hosted_mta_sts: settings }, view)
  expect(refused).toEqual([
    'new.test: The MTA-STS mode goes from enforce to testing',
    expect.stringMatching(/^new\.test: live now is version: STSv1, mode: enforce, /),
  ])
  expect((await judge({ hosted_mta_sts: { ...settings, mode: 'enforce' } }, view)).refused).toEqual([])
})

it('warns where one domain cannot be read in time, and refuses what the time for all does not suffice for', async () => {
  const slow = { ...live(null), texts: () => Promise.reject(new DOMException('late', 'TimeoutError')) }
  const domain = { hosted_dmarc: { policy: 'none' } }
  expect(await judge(domain, slow)).toEqual({
    refused: [],
    shown: [],
    unread: ['new.test: what is live could not be read in time, so the effect is unknown'],
  })
  const all = await newDomainLosses(created({ address: 'new.test', ...domain }), () => slow, AbortSignal.abort())
  expect(all.refused).toEqual([expect.stringContaining('was not compared with what is live within the time for all')])
})

it('looks at nothing for domains that are there already, or host nothing', async () => {
  const never = () => {
    throw new Error('nothing to look at')
  }
  const [one] = created({ address: 'old.test', hosted_dmarc: {} }).resource_changes ?? []
  if (!one) throw new Error('no change')
  const plan = { resource_changes: [{ ...one, change: { ...one.change, before: { address: 'old.test' } } }] }
  expect(await newDomainLosses(plan, never)).toEqual({ refused: [], shown: [], unread: [] })
  expect(await judge({}, live('v=DMARC1; p=reject'))).toEqual({ refused: [], shown: [], unread: [] })
})
