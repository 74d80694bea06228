import { type Finding, hostingFault, parkedDmarcFindings, parseDmarc, parseDomainName } from '@dmarc-as-code/records'
import { type ConfigOf, type Diagnostics, isSet, type Path, type Unknown } from '@dmarc-as-code/terraform-plugin'
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
      'A domain needs reports',
      '`rua_report` and `ruf_report` are both false; at least one must be true.',
      ['rua_report'],
    )
  },

  function hostable({ config, diagnostics }) {
    const { address } = config
    if (typeof address !== 'string' || !parseDomainName(address).ok) return
    const fault = hostingFault(address)
    const service = isSet(config.hosted_dmarc) ? 'hosted_dmarc' : isSet(config.hosted_mta_sts) ? 'hosted_mta_sts' : null
    if (fault && service) diagnostics.error('The name is too long to be hosted', fault.message, [service])
  },

  function mtaSts({ config, diagnostics }) {
    const policy = config.hosted_mta_sts
    if (!isSet(policy)) return
    if (config.parked === true) {
      diagnostics.error(
        'A parked domain has no MTA-STS',
        'The domain is parked, so it receives no mail; remove `hosted_mta_sts`, or `parked`.',
        ['hosted_mta_sts'],
      )
    }
    if (config.mta_sts_report === false) {
      diagnostics.error(
        'Hosted MTA-STS needs its reports',
        '`mta_sts_report` is false; leave it out or set it to true while `hosted_mta_sts` is set.',
        ['mta_sts_report'],
      )
    }
    const noHosts = policy.mx === null || (Array.isArray(policy.mx) && policy.mx.length === 0)
    if (noHosts && (policy.mode === 'testing' || policy.mode === 'enforce')) {
      diagnostics.error(
        'The MTA-STS policy names no mail host',
        `Mode ${policy.mode} needs at least one host in \`mx\` (RFC 8461 section 3.2). Write the names of the domain's MX records.`,
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
      `\`record\` is the whole record, and \`${name}\` is a part of one. Set either.`,
      ['hosted_dmarc', name],
    )
  }
  if (!isSet(settings.record)) return
  const record = parseDmarc(settings.record)
  tell(diagnostics, record.errors, path)
  if (record.errors.length > 0) return
  if (record.tags.p === undefined) {
    diagnostics.error(
      'The DMARC record has no policy',
      `Found "${settings.record}", expected p=none, p=quarantine or p=reject in it. Add p after the version.`,
      path,
    )
  }
  if (config.parked === true) tell(diagnostics, parkedDmarcFindings(record), path)
  // The service's own addresses are added later, so what is said about missing ones is not true here.
  tell(
    diagnostics,
    record.warnings.filter(({ tag }) => tag !== 'rua' && tag !== 'ruf' && tag !== 'fo'),
    path,
  )
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
        'A parked domain rejects everything',
        `\`${name}\` is "${String(settings[name])}", expected "reject": the domain sends no mail. Leave it out, or remove \`parked\`.`,
        ['hosted_dmarc', name],
      )
    }
  }
  try {
    const stand = config.parked === true ? 'v=DMARC1; p=reject' : 'v=DMARC1; p=none'
    tell(
      diagnostics,
      parseDmarc(recordToPublish(values, stand)).warnings.filter(
        ({ tag }) => tag !== 'rua' && tag !== 'ruf' && tag !== 'fo',
      ),
      ['hosted_dmarc'],
    )
  } catch (error) {
    diagnostics.error('The DMARC settings make no valid record', (error as Error).message, ['hosted_dmarc'])
  }
}

function tell(diagnostics: Diagnostics, findings: readonly Finding[], path: Path): void {
  for (const { severity, message } of findings) {
    if (severity === 'error') diagnostics.error('The DMARC record must not be published', message, path)
    else diagnostics.warning('The DMARC record may not do what it says', message, path)
  }
}
