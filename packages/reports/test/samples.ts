import type { AggregateRecord, AggregateReportInput } from '../src/index.ts'

/** 2026-03-02, 00:00:00 UTC to 23:59:59. */
export const begin = 1_772_409_600
export const end = begin + 86_399
export const now = (end + 3600) * 1000

export const reportInput: AggregateReportInput = {
  metadata: {
    orgName: 'Receiver Example',
    email: 'dmarc@receiver.example',
    reportId: '20260302.1@receiver.example',
    dateRange: { begin, end },
    errors: [],
  },
  policyPublished: { domain: 'example.com', p: 'none', sp: 'quarantine', adkim: 'r', aspf: 's', fo: '1' },
}

export const record: AggregateRecord = {
  sourceIp: '192.0.2.10',
  count: 12,
  policyEvaluated: { disposition: 'none', dkim: 'pass', spf: 'fail', reasons: [] },
  identifiers: { headerFrom: 'example.com', envelopeFrom: 'bounce.example.net' },
  authResults: {
    dkim: [{ domain: 'example.com', selector: 's1', result: 'pass' }],
    spf: [{ domain: 'bounce.example.net', scope: 'mfrom', result: 'pass' }],
  },
  extensions: [],
}

/** An aggregate report as most receivers write it: RFC 7489, no namespace. Parts can be replaced. */
export function aggregateXml(
  parts: Partial<Record<'head' | 'metadata' | 'policy' | 'records' | 'tail', string>> = {},
): string {
  const {
    head = '<?xml version="1.0" encoding="UTF-8" ?>\n<feedback>\n',
    metadata = metadataXml(),
    policy = '<policy_published><domain>example.com</domain><adkim>r</adkim><aspf>r</aspf><p>none</p><sp>none</sp><pct>100</pct></policy_published>\n',
    records = recordXml(),
    tail = '</feedback>\n',
  } = parts
  return head + metadata + policy + records + tail
}

export function metadataXml(parts: Partial<Record<'org' | 'email' | 'id' | 'begin' | 'end', string>> = {}): string {
  const {
    org = 'Receiver',
    email = 'dmarc@receiver.example',
    id = 'r-1',
    begin: from = `${begin}`,
    end: to = `${end}`,
  } = parts
  return `<report_metadata><org_name>${org}</org_name><email>${email}</email><report_id>${id}</report_id><date_range><begin>${from}</begin><end>${to}</end></date_range></report_metadata>\n`
}

export function recordXml(parts: Partial<Record<'ip' | 'count' | 'evaluated' | 'from' | 'auth', string>> = {}): string {
  const {
    ip = '<source_ip>192.0.2.1</source_ip>',
    count = '<count>3</count>',
    evaluated = '<policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated>',
    from = '<header_from>example.com</header_from>',
    auth = '<auth_results><dkim><domain>example.com</domain><selector>s</selector><result>pass</result></dkim><spf><domain>example.com</domain><result>pass</result></spf></auth_results>',
  } = parts
  return `<record><row>${ip}${count}${evaluated}</row><identifiers>${from}</identifiers>${auth}</record>\n`
}
