import { possibleMove } from './evidence.ts'
import { plural, t } from './messages/messages.ts'
import type { DomainSummary, RecordView } from './model.ts'

export interface Headline {
  /** What is the case for mail, in one sentence. */
  readonly text: string
  /** What is well all the same. */
  readonly detail?: string
  readonly tone: 'attention' | 'calm' | 'good'
}

/** The one sentence about a domain: what it means for mail, not which records there are. */
export function headlineOf(domain: DomainSummary): Headline {
  const { records, state, policy } = domain
  const inForce = policy === undefined ? undefined : inForceText(policy)
  if (records.some(({ dangling }) => dangling !== undefined))
    return { text: t('Hosting is off, but a CNAME still leads to it.'), tone: 'attention' }
  switch (state) {
    case 'attention': {
      const wrong = records.filter((record) => record.state === 'attention')
      return { text: problemText(wrong), tone: 'attention', ...(inForce ? { detail: inForce } : {}) }
    }
    case 'working':
      return { text: t('The service is preparing the records. There is nothing to do.'), tone: 'calm' }
    case 'unknown':
      return { text: t('The records could not be checked.'), tone: 'calm', ...(inForce ? { detail: inForce } : {}) }
    case 'unhosted':
      return { text: t('The service hosts no record of this domain.'), tone: 'calm' }
    case 'ready': {
      const target = possibleMove(domain)
      if (target)
        return {
          text: t('{domain} is ready for {policy}.', { domain: domain.title, policy: target }),
          tone: 'good',
          ...(inForce ? { detail: inForce } : {}),
        }
      return { text: inForce ?? t('All records are in place.'), tone: policy === 'none' ? 'calm' : 'good' }
    }
  }
}

function problemText(wrong: readonly RecordView[]): string {
  const [first, ...others] = wrong
  if (!first || others.length > 0) return plural('{count} record needs you.|{count} records need you.', wrong.length)
  switch (first.kind) {
    case 'dmarc':
      return t('Receivers do not reach the hosted DMARC record.')
    case 'mta_sts_policy':
      return t('Sending servers cannot read the MTA-STS policy.')
    case 'mta_sts_id':
      return t('Sending servers do not see the MTA-STS policy.')
    case 'tls_rpt':
      return t('TLS reports do not arrive.')
  }
}

function inForceText(policy: NonNullable<DomainSummary['policy']>): string {
  switch (policy) {
    case 'none':
      return t('Mail that fails DMARC is reported but delivered.')
    case 'quarantine':
      return t('Mail that fails DMARC goes to the spam folder.')
    case 'reject':
      return t('Mail that fails DMARC is rejected.')
  }
}
