import {
  type AggregateRecord,
  canonicalIp,
  type Disposition,
  type PublishedPolicy,
  writeAggregate,
  writeTlsReport,
} from '@dmarc-as-code/reports'
import * as z from 'zod'

/** A CSV or JSON file of another tool is tens of megabytes; it is read as a whole. */
const largest = 512 * 1024 * 1024

/**
 * The reports in a file that parsedmarc wrote (`aggregate.json`, `aggregate.csv`, `smtp_tls.json`), as XML or JSON of the
 * standards, so that they are read, checked and counted like any other. Undefined where the bytes are nothing of it. Of its
 * failure reports nothing is taken: they hold message bodies.
 */
export function fromParsedmarc(bytes: Uint8Array): string[] | undefined {
  if (bytes.length > largest) return undefined
  const head = Buffer.from(bytes.subarray(0, 2000)).toString('utf8')
  if (/^\s*[[{]/.test(head) && /"(xml_schema|organization_name|aggregate_reports)"/.test(head)) return fromJson(bytes)
  if (/^\uFEFF?xml_schema,org_name,/.test(head))
    return fromCsv(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    )
  return undefined
}

const text = z.string().nullish()
const word = z.string().nullish()
const reason = z.object({ type: text, comment: text })
const dkimResult = z.object({ domain: text, selector: text, result: word })
const spfResult = z.object({ domain: text, scope: text, result: word })

const record = z.object({
  source: z.object({ ip_address: z.string() }),
  count: z.coerce.number(),
  policy_evaluated: z.object({
    disposition: word,
    dkim: word,
    spf: word,
    policy_override_reasons: z.array(reason).nullish(),
  }),
  identifiers: z.object({ header_from: text, envelope_from: text, envelope_to: text }),
  auth_results: z.object({ dkim: z.array(dkimResult).nullish(), spf: z.array(spfResult).nullish() }),
})

const aggregate = z.object({
  report_metadata: z.object({
    org_name: text,
    org_email: text,
    org_extra_contact_info: text,
    report_id: z.string(),
    begin_date: z.string(),
    end_date: z.string(),
  }),
  policy_published: z.object({
    domain: z.string(),
    adkim: word,
    aspf: word,
    p: word,
    sp: word,
    pct: z.union([z.string(), z.number()]).nullish(),
    fo: word,
  }),
  records: z.array(record),
})
type Aggregate = z.output<typeof aggregate>

const tlsFailure = z.object({
  result_type: z.string(),
  failed_session_count: z.coerce.number(),
  sending_mta_ip: text,
  receiving_ip: text,
  receiving_mx_hostname: text,
  receiving_mx_helo: text,
  failure_reason_code: text,
})
const tls = z.object({
  organization_name: z.string(),
  begin_date: z.string(),
  end_date: z.string(),
  contact_info: text,
  report_id: z.string(),
  policies: z.array(
    z.object({
      policy_type: z.string(),
      policy_domain: z.string(),
      policy_strings: z.array(z.string()).nullish(),
      mx_host_patterns: z.array(z.string()).nullish(),
      successful_session_count: z.coerce.number(),
      failed_session_count: z.coerce.number(),
      failure_details: z.array(tlsFailure).nullish(),
    }),
  ),
})

function fromJson(bytes: Uint8Array): string[] {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return []
  }
  const lists = Array.isArray(value)
    ? value
    : Object.values(value as object).flatMap((entry) => (Array.isArray(entry) ? entry : []))
  const all = lists.length > 0 ? lists : [value]
  return all.flatMap((entry) => {
    const asAggregate = aggregate.safeParse(entry)
    if (asAggregate.success) return [aggregateXml(asAggregate.data)]
    const asTls = tls.safeParse(entry)
    return asTls.success ? [tlsJson(asTls.data)] : []
  })
}

/** `2026-03-02 00:00:00`: parsedmarc writes UTC without saying so; RFC 3339 is taken as it is. Seconds since 1970. */
function seconds(date: string): number {
  const iso = date.trim().replace(' ', 'T')
  return Math.floor(Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso}Z`) / 1000)
}

const asWord = <T extends string>(value: string | null | undefined): T | undefined =>
  value ? (value.toLowerCase() as T) : undefined

function aggregateXml({ report_metadata: from, policy_published: policy, records }: Aggregate): string {
  const pct = Number(policy.pct ?? Number.NaN)
  return [
    ...writeAggregate(
      {
        metadata: {
          orgName: from.org_name ?? '',
          email: from.org_email ?? '',
          reportId: from.report_id,
          dateRange: { begin: seconds(from.begin_date), end: seconds(from.end_date) },
          errors: [],
        },
        policyPublished: {
          domain: policy.domain,
          ...optional('p', asWord<PublishedPolicy>(policy.p)),
          ...optional('sp', asWord<PublishedPolicy>(policy.sp)),
          ...optional('adkim', asWord<'r' | 's'>(policy.adkim)),
          ...optional('aspf', asWord<'r' | 's'>(policy.aspf)),
          ...(Number.isInteger(pct) ? { pct } : {}),
        },
      },
      records.map(recordOf),
    ),
  ].join('')
}

function recordOf(from: z.output<typeof record>): AggregateRecord {
  const { disposition, dkim, spf, policy_override_reasons: reasons } = from.policy_evaluated
  const { header_from, envelope_from, envelope_to } = from.identifiers
  return {
    sourceIp: canonicalIp(from.source.ip_address) ?? from.source.ip_address,
    count: from.count,
    policyEvaluated: {
      ...optional('disposition', asWord<Disposition>(disposition)),
      ...optional('dkim', asWord<'pass' | 'fail'>(dkim)),
      ...optional('spf', asWord<'pass' | 'fail'>(spf)),
      reasons: (reasons ?? []).flatMap(({ type }) => (type ? [{ type }] : [])),
    },
    identifiers: {
      headerFrom: header_from ?? '',
      ...optional('envelopeFrom', envelope_from ?? undefined),
      ...optional('envelopeTo', envelope_to ?? undefined),
    },
    authResults: {
      dkim: (from.auth_results.dkim ?? []).map(({ domain, selector, result }) => ({
        domain: domain ?? '',
        ...optional('selector', selector && selector !== 'none' ? selector : undefined),
        result: asWord(result) ?? 'none',
      })),
      spf: (from.auth_results.spf ?? []).map(({ domain, scope, result }) => ({
        domain: domain ?? '',
        ...optional('scope', asWord<'mfrom' | 'helo'>(scope)),
        result: asWord(result) ?? 'none',
      })),
    },
    extensions: [],
  }
}

/** The field where there is a value for it. */
function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
}

function tlsJson(from: z.output<typeof tls>): string {
  return writeTlsReport({
    organizationName: from.organization_name,
    dateRange: { begin: seconds(from.begin_date), end: seconds(from.end_date) },
    contactInfo: from.contact_info ?? '',
    reportId: from.report_id,
    policies: from.policies.map((policy) => ({
      type: policy.policy_type,
      domain: policy.policy_domain,
      policyString: policy.policy_strings ?? [],
      mxHosts: policy.mx_host_patterns ?? [],
      successfulSessions: policy.successful_session_count,
      failedSessions: policy.failed_session_count,
      failures: (policy.failure_details ?? []).map((failure) => ({
        resultType: failure.result_type,
        failedSessions: failure.failed_session_count,
        ...optional('sendingMtaIp', failure.sending_mta_ip ?? undefined),
        ...optional('receivingIp', failure.receiving_ip ?? undefined),
        ...optional('receivingMxHostname', failure.receiving_mx_hostname ?? undefined),
        ...optional('failureReasonCode', failure.failure_reason_code ?? undefined),
      })),
    })),
  })
}

/** One row is one record; rows of one report are put together again. */
function fromCsv(csv: string): string[] {
  const [header, ...lines] = csvRows(csv)
  if (!header) return []
  const reports = new Map<string, Aggregate>()
  for (const line of lines) {
    const row = Object.fromEntries(header.map((name, index) => [name, line[index] ?? '']))
    const key = JSON.stringify([row.org_name, row.org_email, row.report_id, row.begin_date, row.end_date, row.domain])
    const known = reports.get(key)
    const made = aggregate.safeParse(csvReport(row))
    if (!made.success) continue
    if (known) known.records.push(...made.data.records)
    else reports.set(key, made.data)
  }
  return [...reports.values()].map(aggregateXml)
}

function csvReport(row: Record<string, string>): unknown {
  const list = (text: string | undefined) => (text ? text.split(',').map((part) => part.trim()) : [])
  const [dkimDomains, dkimSelectors, dkimResults] = [row.dkim_domains, row.dkim_selectors, row.dkim_results].map(list)
  const [spfDomains, spfScopes, spfResults] = [row.spf_domains, row.spf_scopes, row.spf_results].map(list)
  return {
    report_metadata: {
      org_name: row.org_name,
      org_email: row.org_email,
      report_id: row.report_id,
      begin_date: row.begin_date,
      end_date: row.end_date,
    },
    policy_published: {
      domain: row.domain,
      adkim: row.adkim,
      aspf: row.aspf,
      p: row.p,
      sp: row.sp,
      pct: row.pct,
      fo: row.fo,
    },
    records: [
      {
        source: { ip_address: row.source_ip_address },
        count: row.count,
        policy_evaluated: {
          disposition: row.disposition,
          // The columns with the aligned result are called so.
          dkim: row.dkim_aligned?.toLowerCase() === 'true' ? 'pass' : 'fail',
          spf: row.spf_aligned?.toLowerCase() === 'true' ? 'pass' : 'fail',
          policy_override_reasons: list(row.policy_override_reasons)
            .filter((type) => type !== 'none')
            .map((type) => ({ type })),
        },
        identifiers: {
          header_from: row.header_from,
          envelope_from: row.envelope_from || null,
          envelope_to: row.envelope_to || null,
        },
        auth_results: {
          dkim: dkimDomains?.map((domain, index) => ({
            domain,
            selector: dkimSelectors?.[index],
            result: dkimResults?.[index],
          })),
          spf: spfDomains?.map((domain, index) => ({ domain, scope: spfScopes?.[index], result: spfResults?.[index] })),
        },
      },
    ],
  }
}

/** RFC 4180: fields in quotes may hold commas, doubled quotes and line breaks. */
function csvRows(csv: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}
