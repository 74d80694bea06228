import type { Service } from '../store/verifications.ts'

/** A CNAME that the owner of a domain has to add. */
export interface MissingRecord {
  name: string
  target: string
}

/** What each kind of notice is about, beside its domain. Stored as JSON, so values of JSON only. */
export interface NoticeFacts {
  became_ready: { service: Service }
  lost_verification: { service: Service; status: string; fixes: readonly string[] }
  still_missing: { service: Service; days: number; records: readonly MissingRecord[] }
  certificate_trouble: { host: string; message: string; detail: string; fix: string }
  mx_not_in_policy: { hosts: readonly string[]; policy: readonly string[] }
  new_candidate: { source: string; messages: number; days: number }
  new_own_source: { source: string; messages: number; firstDay: string }
  own_source_fails: { source: string; rate: number; messages: number; next: readonly string[] }
  reports_overdue: { days: number }
  /** Texts of records; null: the domain had or has none of its own. */
  record_changed: { before: string | null; after: string | null; weakens: boolean }
}

export type NoticeKindName = keyof NoticeFacts

export interface NoticeKind<Facts> {
  /** `critical`: mail is lost or rejected until somebody acts; `warning`: somebody should act. */
  severity: 'info' | 'warning' | 'critical'
  /** Milliseconds in which a domain gets no second notice of this kind with the same `topic`. */
  quiet: number
  /** Notices of one kind about different topics do not silence each other. Default: one topic. */
  topic?: (facts: Facts) => string
  /** One line without a full stop: the subject of the mail. */
  title: (domain: string, facts: Facts) => string
  /** What it means and what to do, as paragraphs of plain text. */
  text: (domain: string, facts: Facts) => string[]
}

const hour = 3_600_000
const day = 24 * hour

const services: Readonly<Record<Service, string>> = { dmarc: 'Hosted DMARC', mta_sts: 'Hosted MTA-STS' }

/**
 * Every kind of notice to the owner of a domain, with its words. To add one: its facts above, its entry here, and a call of
 * `notify` in the transaction that sees what it is about.
 */
export const noticeKinds: { readonly [Name in NoticeKindName]: NoticeKind<NoticeFacts[Name]> } = {
  became_ready: {
    severity: 'info',
    quiet: 6 * hour,
    topic: ({ service }) => service,
    title: (domain, { service }) => `${services[service]} of ${domain} is ready`,
    text: (domain, { service }) => [
      `All records of ${services[service].toLowerCase()} for ${domain} are verified. Nothing is left to do.`,
    ],
  },
  lost_verification: {
    severity: 'warning',
    quiet: 6 * hour,
    topic: ({ service }) => service,
    title: (domain, { service }) => `${services[service]} of ${domain} is not verified any more`,
    text: (domain, { service, status, fixes }) => [
      `${services[service]} for ${domain} was ready, and its status is now ${status}.`,
      ...fixes,
    ],
  },
  still_missing: {
    severity: 'warning',
    quiet: day,
    topic: ({ service, days }) => `${service} ${days}`,
    title: (domain, { service, days }) =>
      `${services[service]} of ${domain} has waited for its records for ${days} days`,
    text: (domain, { service, records }) => [
      `${services[service]} for ${domain} takes effect when these records are added to its DNS:`,
      records.map(({ name, target }) => `${name}. CNAME ${target}.`).join('\n'),
    ],
  },
  certificate_trouble: {
    severity: 'warning',
    quiet: 7 * day,
    title: (_domain, { host }) => `No valid certificate for ${host}`,
    text: (domain, { host, message, detail, fix }) =>
      [
        `Mail servers cannot fetch the MTA-STS policy of ${domain}: ${host} has no certificate that they trust.`,
        message,
        detail,
        fix,
      ].filter((paragraph) => paragraph !== ''),
  },
  mx_not_in_policy: {
    severity: 'critical',
    quiet: day,
    topic: ({ hosts }) => hosts.join(' '),
    title: (domain, { hosts }) => `The enforced MTA-STS policy of ${domain} does not name ${hosts.join(', ')}`,
    text: (domain, { hosts, policy }) => [
      `${hosts.join(', ')} ${hosts.length === 1 ? 'is' : 'are'} in the MX records of ${domain}, and the MTA-STS policy, which is in mode enforce, does not name ${hosts.length === 1 ? 'it' : 'them'}. Senders that follow MTA-STS do not deliver mail there: when no other mail server takes it, it is lost.`,
      `The policy names ${policy.join(', ')}. Add the new mail server to the policy, or set its mode to testing until you have.`,
    ],
  },
  new_candidate: {
    severity: 'info',
    quiet: 0,
    topic: ({ source }) => source,
    title: (domain, { source }) => `${source} sends mail as ${domain}: is it yours?`,
    text: (domain, { source, messages, days }) => [
      `${messages} messages on ${days} days used ${domain} and authenticated as ${source}, which is not aligned with ${domain}.`,
      'Say whether this source is yours. Until then, the evidence for a stricter policy is not complete.',
    ],
  },
  new_own_source: {
    severity: 'info',
    quiet: 0,
    topic: ({ source }) => source,
    title: (domain, { source }) => `${source} is a new source of mail of ${domain}`,
    text: (domain, { source, messages, firstDay }) => [
      `Mail of ${domain} passes SPF from ${source} since ${firstDay}: ${messages} messages so far. A new source of your own is watched for 14 days before it counts as evidence for a stricter policy.`,
      'If you do not know it, remove it from the SPF record.',
    ],
  },
  own_source_fails: {
    severity: 'warning',
    quiet: 7 * day,
    topic: ({ source }) => source,
    title: (domain, { source, rate }) => `Only ${rate} % of the mail of ${domain} from ${source} passes DMARC`,
    text: (domain, { source, rate, messages, next }) => [
      `${source} is a source of ${domain}: of ${messages} messages in 30 days, ${rate} % pass DMARC. At least 95 % are expected.`,
      ...next,
    ],
  },
  reports_overdue: {
    severity: 'warning',
    quiet: 7 * day,
    title: (domain, { days }) => `No reports about ${domain} for ${days} days`,
    text: (domain, { days }) => [
      `Reports about ${domain} used to come in, and the newest one that counts came ${days} days ago.`,
      'Check that the DMARC record still names the report address, and that mail for it is received.',
    ],
  },
  record_changed: {
    severity: 'warning',
    quiet: 0,
    title: (domain, { after, weakens }) =>
      after === null
        ? `The DMARC record of ${domain} is gone`
        : `The DMARC record of ${domain} was changed${weakens ? ' and is weaker now' : ''}`,
    text: (domain, { before, after }) => [
      `The record at _dmarc.${domain} is not hosted here, and was changed in its DNS.`,
      `Before: ${before ?? 'no record'}\nNow: ${after ?? 'no record'}`,
      'If nobody of yours changed it, find out who can write into this zone.',
    ],
  },
}
