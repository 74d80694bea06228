import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dmarcVerification, mtaStsVerification, type WireCnameCheck } from '../contract/index.ts'
import { readHostedServices } from './hosted-services.ts'
import { readDmarcVerification, readMtaStsVerification } from './verification.ts'

const brief = (verification: ReturnType<typeof readMtaStsVerification> | ReturnType<typeof readDmarcVerification>) =>
  verification && [
    verification.overall_status,
    ...verification.checks.map(({ kind, part, status }) => `${kind} ${part} ${status}`),
  ]

describe('hosted DMARC', () => {
  const parts = ['dmarc cname awaiting_setup', 'dmarc txt published']

  it.each([
    ['bare words', { cname: 'awaiting_setup', txt_record: 'published' }],
    [
      'objects',
      {
        cname: { name: '_dmarc.a.example', value: 'k', status: 'awaiting_setup' },
        txt_record: { status: 'published' },
      },
    ],
    [
      'objects with longer keys',
      { cname: { cname_status: 'awaiting_setup' }, txt_record: { txt_record_status: 'published' } },
    ],
    ['flat keys', { cname_status: 'awaiting_setup', txt_record_status: 'published' }],
  ])('is read from %s', (_, answer) => {
    expect(brief(readDmarcVerification({ overall_status: 'action_required', ...answer }))).toEqual([
      'action_required',
      ...parts,
    ])
    expect(brief(readDmarcVerification({ data: { overall_status: 'x', ...answer } }))).toEqual(['x', ...parts])
  })

  it.each([
    ['awaiting_setup', 'published', 'action_required'],
    ['misconfigured', 'queued', 'action_required'],
    ['verified', 'queued', 'pending'],
    ['verified', 'published', 'ready'],
    ['a_new_word', 'published', 'action_required'],
  ])('without a verdict, CNAME %s and TXT %s make %s', (cname, txt_record, overall) => {
    expect(readDmarcVerification({ cname, txt_record })?.overall_status).toBe(overall)
  })
})

describe('hosted MTA-STS', () => {
  const records = {
    policy_cname: { cname_status: 'verified' },
    mta_sts_record: { cname_status: 'verified', txt_record_status: 'queued' },
    tls_rpt_record: { cname_status: 'misconfigured', txt_record_status: 'published' },
    policy_file: { status: 'unreachable' },
  }
  const parts = [
    'mta_sts_policy cname verified',
    'mta_sts_id cname verified',
    'mta_sts_id txt queued',
    'tls_rpt cname misconfigured',
    'tls_rpt txt published',
    'mta_sts_policy policy_file unreachable',
  ]

  it.each([
    ['the working shape', { overall_status: 'pending', records }],
    [
      'bare words',
      { overall_status: 'pending', records: { ...records, policy_cname: 'verified', policy_file: 'unreachable' } },
    ],
    ['no wrapping', { overall_status: 'pending', ...records }],
  ])('is read from %s', (_, answer) => {
    expect(brief(readMtaStsVerification(answer))).toEqual(['pending', ...parts])
  })

  it('may show one record only', () => {
    const { tls_rpt_record } = records
    expect(brief(readMtaStsVerification({ records: { tls_rpt_record } }))).toEqual([
      'action_required',
      'tls_rpt cname misconfigured',
      'tls_rpt txt published',
    ])
    expect(brief(readMtaStsVerification({ records: { policy_cname: 'verified', policy_file: 'pending' } }))?.[0]).toBe(
      'pending',
    )
    const policy = { records: { policy_cname: 'verified', policy_file: 'active' } }
    expect(readMtaStsVerification(policy, 'policy')?.overall_status).toBe('ready')
    // Of all three, the others may be anything.
    expect(readMtaStsVerification(policy)?.overall_status).toBe('pending')
    expect(readDmarcVerification({ cname_status: 'verified' })?.overall_status).toBe('pending')
  })
})

describe("our server's evidence", () => {
  const check: WireCnameCheck = {
    name: '_dmarc.a.example',
    value: 'k.dmarc.invalid',
    status: 'misconfigured',
    reason: 'wrong-target',
    expected: 'k.dmarc.invalid',
    found: 'CNAME old.invalid',
    fix: 'Change its target.',
    checked_at: '2026-01-01T00:00:00.000Z',
    asked: ['ns1.a.example (192.0.2.1)'],
    visible_by: '2026-01-01T01:00:00.000Z',
  }
  const { value: _, status: __, ...evidence } = check
  const txt = { ...evidence, status: 'published' as const, reason: null }

  it('of DMARC is read beside the status', () => {
    const answer = dmarcVerification.parse({ overall_status: 'action_required', cname: check, txt_record: txt })
    const verification = readDmarcVerification(answer)
    expect(verification?.cname).toEqual({ kind: 'dmarc', part: 'cname', status: 'misconfigured', ...evidence })
    expect(verification?.txt_record).toEqual({ kind: 'dmarc', part: 'txt', ...txt })
  })

  it('of MTA-STS is read one level below the status', () => {
    const both = { cname_status: 'misconfigured', txt_record_status: 'published', cname: check, txt_record: txt }
    const answer = mtaStsVerification.parse({
      overall_status: 'action_required',
      records: {
        policy_cname: { cname_status: 'misconfigured', cname: check },
        mta_sts_record: both,
        tls_rpt_record: both,
        policy_file: { ...evidence, status: 'pending', reason: 'cname-not-verified' },
      },
    })
    const { checks = [] } = readMtaStsVerification(answer) ?? {}
    expect(checks).toHaveLength(6)
    for (const each of checks) expect(each).toMatchObject({ name: check.name, found: check.found, asked: check.asked })
    expect(checks.find((each) => each.part === 'policy_file')).toMatchObject({ reason: 'cname-not-verified' })
  })
})

it.each([readDmarcVerification, readMtaStsVerification, readHostedServices])(
  '%o reads what is none as undefined',
  (read) => {
    for (const answer of [undefined, null, '', 'ready', [], {}, { message: 'ok' }]) expect(read(answer)).toBeUndefined()
    fc.assert(fc.property(fc.anything(), (answer) => void read(answer)))
  },
)

describe('a verdict that the answer does not give', () => {
  it.each([
    ['ready', 'verified', 'published', 'active', undefined],
    ['pending', 'verified', 'queued', 'active', undefined],
    ['pending', 'verified', 'published', 'unreachable', 'connect'],
    ['action_required', 'verified', 'published', 'unreachable', 'caa-blocks'],
    ['action_required', 'awaiting_setup', 'queued', 'pending', undefined],
  ])('is %s for a CNAME %s, a TXT record %s and a policy file %s (%s)', (expected, cname, txt, file, reason) => {
    const record = {
      cname_status: cname,
      txt_record_status: txt,
      cname: { status: cname },
      txt_record: { status: txt },
    }
    const records = {
      policy_cname: cname,
      mta_sts_record: record,
      tls_rpt_record: record,
      policy_file: { status: file, reason },
    }
    expect(readMtaStsVerification({ records })?.overall_status).toBe(expected)
  })
})
