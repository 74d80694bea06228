/**
 * Receivers that report about most domains: addresses where the domain has mailboxes of others as well, else domains that send
 * reports only. Their own mail authentication says that a report is theirs.
 */
const large: readonly string[] = [
  'noreply-dmarc-support@google.com',
  'noreply-smtp-tls-reporting@google.com',
  'dmarcreport@microsoft.com',
  'tlsrpt-noreply@microsoft.com',
  'dmarc.yahoo.com',
  'dmarc_support@corp.mail.ru',
  'sicher.gmx.net',
  'sicher.web.de',
  'fastmaildmarc.com',
  'postmaster@amazonses.com',
  'mimecastreport.com',
]

/** Whether the reports of a sender count, by the address in From: those of large receivers, and of whom the operator names. */
export type CountsReporter = (address: string | null) => boolean

/** `named`: addresses, or domains with those below them. */
export function knownReporters(named: readonly string[] = []): CountsReporter {
  const known = new Set([...large, ...named].map((each) => each.toLowerCase()))
  return (address) => {
    const [, local = '', domain = ''] = /^(.*)@([^@]+)$/.exec((address ?? '').toLowerCase()) ?? []
    if (known.has(`${local}@${domain}`)) return true
    const labels = domain.split('.')
    return labels.some((_, from) => known.has(labels.slice(from).join('.')))
  }
}
