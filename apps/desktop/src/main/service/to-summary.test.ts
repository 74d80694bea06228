import type { CnameRecord, Domain, RecordCheck } from '@dmarc-as-code/client'
import { describe, expect, it } from 'vitest'
import { toSummary, withChecks } from './to-summary.ts'

const wire: Domain = {
  id: 41,
  address: 'xn--bcher-kva.example',
  slug: 'buecher',
  rua_report: true,
  ruf_report: false,
  mta_sts_report: true,
  dmarc_status: 'dmarc_active',
  mta_sts_status: 'mta_sts_inactive',
  parked_domain: false,
  tags: [],
}
const cname = (more: Partial<CnameRecord> = {}): CnameRecord => ({
  service: 'hosted_dmarc',
  record: 'dmarc',
  kind: 'dmarc',
  type: 'CNAME',
  name: '_dmarc.xn--bcher-kva.example',
  value: 'k.dmarc.hosted.example',
  status: 'verified',
  ...more,
})
const listed = (cnames: CnameRecord[], more: { domain?: Partial<Domain>; hostedMtaSts?: boolean } = {}) =>
  toSummary('c1', {
    domain: { ...wire, ...more.domain },
    accountId: 3,
    hostedDmarc: true,
    hostedMtaSts: more.hostedMtaSts ?? false,
    cnames,
  })
const check = (part: RecordCheck['part'], status: string, more: Partial<RecordCheck> = {}): RecordCheck => ({
  kind: 'dmarc',
  part,
  status,
  ...more,
})

describe('a domain as it is listed', () => {
  it('has a stable key, its own script, and all four records', () => {
    const summary = listed([cname()])
    expect(summary).toMatchObject({ key: 'c1/3/41', title: 'b\u00fccher.example', state: 'ready' })
    expect(summary.records.map((record) => [record.kind, record.state])).toEqual([
      ['dmarc', 'ready'],
      ['mta_sts_policy', 'unhosted'],
      ['mta_sts_id', 'unhosted'],
      ['tls_rpt', 'unhosted'],
    ])
  })

  it('explains a status by its reason', () => {
    const [record] = listed([cname({ status: 'misconfigured', reason: 'txt-in-place' })]).records
    expect(record).toMatchObject({ state: 'attention', reason: 'txt-in-place' })
    expect(record?.why).toContain('TXT record')
    expect(record?.advice).toContain('Remove the TXT record')
  })

  it('shows codes that the catalogue does not know', () => {
    const [record] = listed([cname({ status: 'sleeping', reason: 'moon-phase' })]).records
    expect(record).toMatchObject({ state: 'unknown', status: 'sleeping' })
    expect(record?.why).toContain('moon-phase')
  })

  it('is in progress while the policy host is not live', () => {
    const policy = cname({ record: 'policy', kind: 'mta_sts_policy', name: 'mta-sts.xn--bcher-kva.example' })
    expect(listed([cname(), policy], { hostedMtaSts: true }).records[1]).toMatchObject({
      state: 'working',
      policyFile: 'pending',
    })
  })

  it('has a policy file to open once the policy host is live', () => {
    const policy = cname({ record: 'policy', kind: 'mta_sts_policy', name: 'mta-sts.xn--bcher-kva.example' })
    const live = { domain: { mta_sts_status: 'mta_sts_active' }, hostedMtaSts: true }
    expect(listed([cname(), policy], live).records[1]).toMatchObject({ state: 'ready', policyFile: 'active' })
  })

  it('is unknown while the service has provided no target', () => {
    expect(listed([]).state).toBe('unknown')
  })
})

describe('a domain after the service looked', () => {
  it('says what was found, by whom, when, and until when caches remember', () => {
    const seen = withChecks(listed([cname()]), [
      check('cname', 'misconfigured', {
        reason: 'wrong-target',
        found: 'CNAME old.example',
        fix: 'Change its target.',
        asked: ['ns1.example (192.0.2.1)'],
        checked_at: '2026-01-01T00:00:00.000Z',
        visible_by: '2026-01-01T01:00:00.000Z',
      }),
    ])
    expect(seen).toMatchObject({ state: 'attention', checkedAt: '2026-01-01T00:00:00.000Z' })
    expect(seen.records[0]).toMatchObject({
      found: 'CNAME old.example',
      advice: 'Change its target.',
      askedOf: 'ns1.example (192.0.2.1)',
      visibleBy: '2026-01-01T01:00:00.000Z',
    })
  })

  it('is in progress, without advice, while the text behind a good CNAME is queued', () => {
    const seen = withChecks(listed([cname()]), [
      check('cname', 'verified'),
      check('txt', 'queued', { reason: 'not-published' }),
    ])
    expect(seen.records[0]).toMatchObject({ state: 'working', txt: 'queued', reason: 'not-published' })
    expect(seen.records[0]?.advice).toBeUndefined()
  })

  it('a wrong CNAME is what counts, whatever the text behind it says', () => {
    const seen = withChecks(listed([cname()]), [
      check('cname', 'awaiting_setup', { reason: 'absent' }),
      check('txt', 'queued', { reason: 'stale' }),
    ])
    expect(seen.records[0]).toMatchObject({ state: 'attention', reason: 'absent' })
  })
})
