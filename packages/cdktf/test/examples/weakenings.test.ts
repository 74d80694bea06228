import { expect, it } from 'vitest'
import type { ResourceChange, Values } from '../../../../examples/ci/check/plan.ts'
import { weakenings } from '../../../../examples/ci/check/weakenings.ts'

const domain = {
  address: 'example.test',
  hosted_dmarc: { published_record: 'v=DMARC1; p=reject' },
  hosted_mta_sts: { mode: 'enforce', mx: ['*.mail.test'], max_age_days: 30 },
  cnames: { dmarc: { name: '_dmarc.example.test', value: 'k1.dmarc.hosted.test' } },
}
const change = (
  actions: string[],
  after: Values | null,
  more: { unknown?: unknown; type?: string; before?: Values | null } = {},
): ResourceChange => {
  const { unknown = {}, type = 'dmarcreport_domain', before = domain } = more
  return { address: `${type}.one`, type, change: { actions, before, after, after_unknown: unknown } }
}
const record = (values: Values | null, before: Values | null = null, actions = ['create']) =>
  change(actions, values, { type: 'acme_record', before })
const told = (...resource_changes: ResourceChange[]) => weakenings({ resource_changes }).refused
const shown = (...resource_changes: ResourceChange[]) => weakenings({ resource_changes }).shown

it('says of a domain that is forgotten, or recreated under another address, only that', () => {
  expect(told(change(['forget'], null))).toEqual(['example.test: is no longer managed here'])
  expect(told(change(['delete', 'create'], { ...domain, address: 'other.test' }))).toEqual([
    'example.test: is removed, other.test comes in its place',
  ])
})

it('counts a recreated domain as removed, and compares the two', () => {
  const weaker = { ...domain, hosted_dmarc: { published_record: 'v=DMARC1; p=none' } }
  expect(told(change(['delete', 'create'], weaker))).toEqual([
    'example.test: is removed and created again',
    'example.test: The policy for the domain goes from reject to none',
    'example.test: The policy for subdomains goes from reject to none',
    'example.test: The policy for subdomains that do not exist goes from reject to none',
  ])
})

it('counts protection from deletion that is taken away, and none that never was', () => {
  const guarded = { ...domain, deletion_protection: true }
  const bare = { ...domain, deletion_protection: false }
  expect(told(change(['update'], bare, { before: guarded }))).toEqual([
    'example.test: is no longer protected from deletion',
  ])
  expect(told(change(['update'], guarded, { before: bare }), change(['update'], bare, { before: bare }))).toEqual([])
})

it.each<[string, Values, object, string]>([
  [
    'a policy',
    { hosted_dmarc: { policy: 'reject' } },
    { hosted_dmarc: { published_record: true } },
    'what DMARC will say',
  ],
  ['hosted DMARC', { hosted_dmarc: undefined }, { hosted_dmarc: true }, 'what DMARC will say'],
  ['a mode', { hosted_mta_sts: { mx: [] } }, { hosted_mta_sts: { mode: true } }, 'what MTA-STS will say'],
  [
    'a mail host',
    { hosted_mta_sts: { mode: 'enforce' } },
    { hosted_mta_sts: { mx: [false, true] } },
    'what MTA-STS will say',
  ],
])('refuses %s that is known only after the apply', (_, values, unknown, start) => {
  const lines = told(change(['update'], { ...domain, ...values }, { unknown }))
  expect(lines).toEqual([expect.stringContaining(`example.test: ${start} is known only after the apply`)])
})

it('shows further mail hosts, knows those that a pattern covered before, and refuses neither', () => {
  const hosts = (...mx: string[]) => ({ ...domain, hosted_mta_sts: { ...domain.hosted_mta_sts, mx } })
  expect(shown(change(['update'], hosts('MX1.mail.test')))).toEqual([])
  const further = change(['update'], hosts('a.b.mail.test', '*.mail.test'))
  expect(shown(further)).toEqual(['example.test: The MTA-STS policy also allows a.b.mail.test'])
  expect(told(further)).toEqual([])
})

it('says the reason that is given for a weaker policy', () => {
  const weaker = { ...domain, hosted_dmarc: { published_record: 'v=DMARC1; p=quarantine' } }
  const lines = told(change(['update'], { ...weaker, allow_weaker: 'Mail is lost "now"' }))
  expect(lines.at(-1)).toBe('example.test: the reason given is "Mail is lost \\"now\\""')
  expect(told(change(['update'], { ...domain, allow_weaker: 'No more' }))).toEqual([])
})

it('misses a CNAME by its target, whoever writes it, and not one that another resource takes over', () => {
  const same = change(['no-op'], domain)
  const target = { value: 'k1.dmarc.hosted.test.' }
  expect(told(same, record(null, target, ['delete']))).toEqual([
    'example.test: the CNAME _dmarc.example.test is no longer written',
  ])
  expect(told(same, record({ value: 'elsewhere.test.' }, target, ['update']))).toHaveLength(1)
  expect(told(same, record(null, target, ['delete']), record({ records: ['k1.dmarc.hosted.test'] }))).toEqual([])
  expect(told(same, record(target, target, ['no-op']))).toEqual([])
  expect(told(same)).toEqual([])
})

it('has nothing against a lower pct that comes with the first policy, nor against new domains', () => {
  const before = { ...domain, hosted_dmarc: { published_record: 'v=DMARC1; p=none' } }
  const after = { ...domain, hosted_dmarc: { published_record: 'v=DMARC1; p=quarantine; pct=10' } }
  expect(told(change(['update'], after, { before }))).toEqual([])
  expect(told(change(['no-op'], domain), change(['create'], domain, { before: null }))).toEqual([])
})

it('refuses a state without any domain, which hides what was there', () => {
  expect(told(change(['create'], domain, { before: null }))).toEqual([
    'the state has no domains yet, so there is nothing to compare with',
  ])
  expect(told(record({}))).toEqual([])
})
