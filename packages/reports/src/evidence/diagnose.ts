import { unalignedPass } from './sources.ts'
import type { EvidenceRow, SourceClass } from './types.ts'

/** Why mail of a source fails DMARC. Codes never change their meaning; a new meaning gets a new code. */
export const failureCauses = {
  'signs-with-other-domain': {
    title: 'Signs with another domain',
    fix: 'Ask the service to sign with a DKIM key of your domain.',
  },
  'spf-for-other-domain': {
    title: 'SPF passes for another domain',
    fix: 'Set the envelope sender (return path) to your domain or a subdomain of it, or sign with DKIM.',
  },
  'signature-fails': {
    title: 'The DKIM signature of your domain fails',
    fix: 'Check that nothing changes the message after it is signed, and that the published key matches.',
  },
  'key-unusable': {
    title: 'The DKIM key is missing, revoked or malformed',
    fix: 'Publish the key that the service shows for this selector.',
  },
  'does-not-sign': {
    title: 'Does not sign',
    fix: 'Turn on DKIM signing with your domain at this source.',
  },
  forwarded: {
    title: 'Forwarded: DKIM survives, SPF does not',
    fix: 'Nothing to do at the source; DKIM signatures keep forwarded mail passing.',
  },
  'subdomain-not-covered': {
    title: 'Mail from a subdomain fails while the domain itself passes',
    fix: 'Sign with a domain that aligns with the subdomain, or set up the source for the subdomain as well.',
  },
  spoofing: {
    title: 'Authenticates as nobody: most likely spoofed',
    fix: 'Nothing to do: this is the mail that an enforced policy stops.',
  },
} as const satisfies Record<string, { title: string; fix: string }>

export type FailureCause = keyof typeof failureCauses

export interface Diagnosis {
  readonly cause: FailureCause
  /** Messages that fail for this cause; one message may count under several. */
  readonly messages: number
  /** Domains, `selector@domain` of keys, or subdomains it is about, most messages first, at most 5. */
  readonly about: readonly string[]
  /** One sentence with what to do, naming them. */
  readonly next: string
}

/** Why the mail of a source fails, most messages first; empty where nothing fails. `rows` are those of one source. */
export function diagnose(rows: readonly EvidenceRow[], kind: SourceClass): Diagnosis[] {
  const tallies = new Map<FailureCause, { messages: number; about: Map<string, number> }>()
  const passing = new Set(rows.filter(passes).map((row) => row.headerFrom))
  for (const row of rows) {
    for (const [cause, about] of causesOf(row, kind, passing)) {
      const tally = tallies.get(cause) ?? { messages: 0, about: new Map() }
      tally.messages += row.count
      if (about !== undefined) tally.about.set(about, (tally.about.get(about) ?? 0) + row.count)
      tallies.set(cause, tally)
    }
  }
  return [...tallies]
    .sort(([, a], [, b]) => b.messages - a.messages)
    .map(([cause, { messages, about }]) => {
      const names = [...about].sort(([, a], [, b]) => b - a).map(([name]) => name)
      return { cause, messages, about: names.slice(0, 5), next: nextStep(cause, names, rows[0]) }
    })
}

function causesOf(
  row: EvidenceRow,
  kind: SourceClass,
  passing: ReadonlySet<string>,
): (readonly [FailureCause, string?])[] {
  if (passes(row)) return kind === 'forwarder' && !row.spfAligned ? [['forwarded']] : []
  const causes: (readonly [FailureCause, string?])[] = []
  const signer = row.dkim.find(({ result }) => result === 'pass')
  const failed = row.dkim.find(({ result, domain }) => result !== 'pass' && related(domain, row.headerFrom))
  const envelope = row.spf.find(({ result }) => result === 'pass')
  const parent = [...passing].find((domain) => row.headerFrom.endsWith(`.${domain}`))
  if (parent !== undefined) causes.push(['subdomain-not-covered', row.headerFrom])
  if (failed) {
    const unusable = failed.result === 'permerror'
    const key = failed.selector === undefined ? failed.domain : `${failed.selector}._domainkey.${failed.domain}`
    causes.push([unusable ? 'key-unusable' : 'signature-fails', key])
  }
  if (signer) causes.push(['signs-with-other-domain', signer.domain])
  if (envelope) causes.push(['spf-for-other-domain', envelope.domain])
  if (kind === 'own' && row.dkim.length === 0) causes.push(['does-not-sign'])
  return causes.length > 0 || unalignedPass(row) !== undefined ? causes : [['spoofing']]
}

/** One of the two lies below the other: near enough to say that the signature was meant for this domain. */
function related(domain: string, headerFrom: string): boolean {
  return (
    domain !== '' && (domain === headerFrom || domain.endsWith(`.${headerFrom}`) || headerFrom.endsWith(`.${domain}`))
  )
}

function passes(row: EvidenceRow): boolean {
  return row.dkimAligned === true || row.spfAligned === true
}

function nextStep(cause: FailureCause, about: readonly string[], row: EvidenceRow | undefined): string {
  const [name, domain] = [about[0], row?.headerFrom]
  if (name === undefined || domain === undefined) return failureCauses[cause].fix
  switch (cause) {
    case 'signs-with-other-domain':
      return `Ask the service that signs as ${name} to sign with d=${domain}.`
    case 'spf-for-other-domain':
      return `Ask the service that sends as ${name} to use an envelope sender under ${domain}, or to sign with d=${domain}.`
    case 'key-unusable':
      return `Publish a valid key at ${name}.`
    case 'signature-fails':
      return `Check the key at ${name}, and that nothing changes the message after it is signed.`
    case 'subdomain-not-covered':
      return `Set up DKIM or SPF for ${name} at this source.`
    default:
      return failureCauses[cause].fix
  }
}
