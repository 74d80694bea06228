import { type Finding, hostingFault, parkedDmarcFindings, parseDmarc, parseDomainName } from '@dmarc-as-code/records'
import {
  type ConfigOf,
  type Diagnostics,
  isKnown,
  isSet,
  type Path,
  type Unknown,
} from '@dmarc-as-code/terraform-plugin'
import { recordToPublish } from '../../hosting/dmarc-record.ts'
import type { domainSchema } from './domain-schema.ts'

type Config = ConfigOf<typeof domainSchema>
type HostedDmarc = Exclude<Config['hosted_dmarc'], null | Unknown>
type Check = (request: { readonly config: Config; readonly diagnostics: Diagnostics }) => void

/** Checks that span several settings. What is unknown yet is not judged. */
export const validateDomain: readonly Check[] = [
  function someReports({ config, diagnostics }) {
    if (config.rua_report !== false || config.ruf_report !== false) return
    diagnostics.error(
      'No reports enabled',
      '`rua_report` and `ruf_report` are both false. Set at least one of them to true.',
      ['rua_report'],
    )
  },

  function hostable({ config, diagnostics }) {
    const { address } = config
    if (typeof address !== 'string' || !parseDomainName(address).ok) return
    const fault = hostingFault(address)
    const service = isSet(config.hosted_dmarc) ? 'hosted_dmarc' : isSet(config.hosted_mta_sts) ? 'hosted_mta_sts' : null
    if (fault && service) diagnostics.error('Domain name too long for hosting', fault.message, [service])
  },

  function mtaSts({ config, diagnostics }) {
    const policy = config.hosted_mta_sts
    if (!isSet(policy)) return
    if (config.parked === true) {
      diagnostics.error(
        'MTA-STS is not available for parked domains',
        'A parked domain receives no mail. Remove `hosted_mta_sts` or `parked`.',
        ['hosted_mta_sts'],
      )
    }
    if (config.mta_sts_report === false) {
      diagnostics.error(
        'Hosted MTA-STS requires TLS reports',
        '`mta_sts_report` is false. Remove it or set it to true while `hosted_mta_sts` is set.',
        ['mta_sts_report'],
      )
    }
    const takesOver = !isKnown(policy.from_current) || policy.from_current === true
    if (policy.mode === null && !takesOver) {
      diagnostics.error(
        'MTA-STS policy without a mode',
        '`hosted_mta_sts` requires `mode`, unless `from_current = true` takes over the policy that is live.',
        ['hosted_mta_sts', 'mode'],
      )
    }
    const noHosts = policy.mx === null ? !takesOver : Array.isArray(policy.mx) && policy.mx.length === 0
    if (noHosts && (policy.mode === 'testing' || policy.mode === 'enforce')) {
      diagnostics.error(
        'MTA-STS policy without mail hosts',
        `Mode ${policy.mode} requires at least one host in \`mx\` (RFC 8461 section 3.2). List the host names of the domain's MX records.`,
        ['hosted_mta_sts', 'mx'],
      )
    }
  },

  function dmarc({ config, diagnostics }) {
    const settings = config.hosted_dmarc
    if (!isSet(settings)) return
    if (settings.record === null) checkSettings(settings, config, diagnostics)
    else checkRecord(settings, config, diagnostics)
  },
]

const structured = [
  'policy',
  'subdomain_policy',
  'nonexistent_subdomain_policy',
  'dkim_alignment',
  'spf_alignment',
  'failure_options',
  'test_mode',
  'extra_rua',
  'extra_ruf',
] as const

function checkRecord(settings: HostedDmarc, config: Config, diagnostics: Diagnostics): void {
  const path: Path = ['hosted_dmarc', 'record']
  for (const name of structured) {
    if (!isSet(settings[name])) continue
    diagnostics.error(
      'Conflicting attributes',
      `\`record\` is the complete record, and \`${name}\` is one of its settings. Set only one of them.`,
      ['hosted_dmarc', name],
    )
  }
  if (settings.from_current === true) {
    diagnostics.error(
      'Conflicting attributes',
      '`record` is the complete record, and `from_current` takes over the one that is live. Set only one of them.',
      ['hosted_dmarc', 'from_current'],
    )
  }
  if (!isSet(settings.record)) return
  const record = parseDmarc(settings.record)
  report(diagnostics, record.errors, path)
  if (record.errors.length > 0) return
  if (record.tags.p === undefined) {
    diagnostics.error(
      'DMARC record without a policy',
      `Found "${settings.record}", expected it to contain p=none, p=quarantine or p=reject. Add p after the version.`,
      path,
    )
  }
  if (config.parked === true) report(diagnostics, parkedDmarcFindings(record), path)
}

function checkSettings(settings: HostedDmarc, config: Config, diagnostics: Diagnostics): void {
  const values = Object.fromEntries(structured.map((name) => [name, isSet(settings[name]) ? settings[name] : null]))
  if (structured.some((name) => Array.isArray(values[name]) && values[name].some((one) => typeof one !== 'string')))
    return
  if (config.parked === true) {
    // Null counts as said: the default of a parked domain is reject.
    const wrong = (['policy', 'subdomain_policy'] as const).filter(
      (name) => isSet(settings[name]) && settings[name] !== 'reject',
    )
    for (const name of wrong) {
      diagnostics.error(
        'Parked domains require the policy reject',
        `\`${name}\` is "${String(settings[name])}", expected "reject" because a parked domain sends no mail. Remove \`${name}\` or \`parked\`.`,
        ['hosted_dmarc', name],
      )
    }
  }
  try {
    recordToPublish(values, config.parked === true ? 'v=DMARC1; p=reject' : 'v=DMARC1; p=none')
  } catch (error) {
    diagnostics.error('Invalid DMARC settings', (error as Error).message, ['hosted_dmarc'])
  }
}

function report(diagnostics: Diagnostics, findings: readonly Finding[], path: Path): void {
  for (const { severity, message } of findings) {
    if (severity === 'error') diagnostics.error('Invalid DMARC record', message, path)
  }
}
