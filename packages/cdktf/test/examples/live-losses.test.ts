import type { MailView } from '@dmarc-as-code/dns/apply'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookAtMail } from '../../../../examples/ci/check/live.ts'
import { liveLosses } from '../../../../examples/ci/check/live-losses.ts'
import type { Plan, ResourceChange, Values } from '../../../../examples/ci/check/plan.ts'
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
      const { refused, unread } = await liveLosses(plan, look)
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
const judge = (domain: Values, view: MailView) => liveLosses(created({ address: 'new.test', ...domain }), () => view)

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
  const all = await liveLosses(created({ address: 'new.test', ...domain }), () => slow, AbortSignal.abort())
  expect(all.refused).toEqual([expect.stringContaining('was not compared with what is live within the time for all')])
})

describe('a domain that is there already', () => {
  const address = 'new.test'
  const target = 'key.dmarc.hosted.test'
  const cnames = { dmarc: { name: '_dmarc.new.test', value: target } }
  const record = { type: 'aws_route53_record', address: 'aws_route53_record.dmarc' }
  const policy = { mode: 'testing', mx: ['mx.new.test'], max_age_days: 7 }
  const view = live(
    'v=DMARC1; p=reject; rua=mailto:soc@new.test',
    'version: STSv1\r\nmode: enforce\r\nmx: mx.new.test\r\nmax_age: 604800\r\n',
  )
  const changed = (before: Values, after: Values, unknown: Values, ...more: ResourceChange[]): Plan => ({
    resource_changes: [
      {
        address: 'dmarcreport_domain.new',
        type: 'dmarcreport_domain',
        change: {
          actions: ['update'],
          before: { address, ...before },
          after: { address, ...after },
          after_unknown: unknown,
        },
      },
      ...more,
    ],
  })
  const written = (before: Values | null, after: Values | null, unknown = {}): ResourceChange => ({
    ...record,
    change: { actions: [before ? 'update' : 'create'], before, after, after_unknown: unknown },
  })
  const none = { published_record: 'v=DMARC1; p=none; rua=mailto:soc@new.test' }
  const hosted = { hosted_dmarc: none, cnames }
  const to = (value: string) => ({ records: [value] })

  it.each<[string, Plan, readonly string[]]>([
    ['DMARC hosting begins', changed({}, hosted, {}), ['DMARC']],
    ['its hosting is known only after the apply', changed({}, {}, { hosted_dmarc: true }), ['known']],
    ['the service did not tell what it hosts', changed({ hosted_dmarc: {}, cnames }, hosted, {}), ['DMARC']],
    ['MTA-STS hosting begins', changed({}, { hosted_mta_sts: policy }, {}), ['MTA-STS']],
    [
      'a withdrawn policy comes back',
      changed({ hosted_mta_sts: { mode: 'none' } }, { hosted_mta_sts: policy }, {}),
      ['MTA-STS'],
    ],
    ['its CNAME begins to be written', changed(hosted, hosted, {}, written(null, to(`${target}.`))), ['DMARC']],
    ['another record becomes its CNAME', changed(hosted, hosted, {}, written(to('other.test'), to(target))), ['DMARC']],
    ['its CNAME may begin to be written', changed(hosted, hosted, { cnames: true }), ['DMARC']],
    ['nothing begins', changed(hosted, hosted, {}), []],
    ['its CNAME stays', changed(hosted, hosted, {}, written(to(target), to(target))), []],
    ['nothing is hosted', changed({}, {}, {}), []],
  ])('is compared with what is live where %s', async (_, plan, what) => {
    const { refused } = await liveLosses(plan, () => view)
    const found = [
      ...(refused.some((line) => line.includes('The policy for the domain goes from reject to none')) ? ['DMARC'] : []),
      ...(refused.some((line) => line.includes('The MTA-STS mode goes from enforce to testing')) ? ['MTA-STS'] : []),
      ...(refused.some((line) => line.includes('is known only after the apply')) ? ['known'] : []),
    ]
    expect(found, refused.join('\n')).toEqual(what)
  })

  it('is not looked at where nothing begins to be hosted', async () => {
    const never = () => {
      throw new Error('nothing to look at')
    }
    const nothing = { refused: [], shown: [], unread: [] }
    expect(await liveLosses(changed(hosted, hosted, {}), never)).toEqual(nothing)
    expect(await liveLosses(changed(hosted, {}, {}), never)).toEqual(nothing)
  })
})
