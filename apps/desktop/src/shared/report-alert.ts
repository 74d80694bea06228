import { listOf } from './messages/lists.ts'
import { t } from './messages/messages.ts'

export const reportAlertKinds = ['new-sender', 'new-source', 'mail-fails', 'reports-overdue', 'can-move'] as const
export type ReportAlertKind = (typeof reportAlertKinds)[number]

/** Something that reports say of a domain and its owner should know. */
export interface ReportAlert {
  readonly kind: ReportAlertKind
  /** The senders it is about; of `can-move`, the policy. */
  readonly names: readonly string[]
}

const shownNames = 3

export function alertTitle({ kind, names }: ReportAlert, domain: string): string {
  switch (kind) {
    case 'new-sender':
      return t('{domain}: whose is a new sender?', { domain })
    case 'new-source':
      return t('{domain}: your mail comes from a new source', { domain })
    case 'mail-fails':
      return t('{domain}: your mail fails DMARC', { domain })
    case 'reports-overdue':
      return t('{domain}: no reports for days', { domain })
    case 'can-move':
      return t('{domain} is ready for {policy}', { domain, policy: names[0] ?? '' })
  }
}

export function alertText({ kind, names }: ReportAlert): string {
  const senders = listOf(names, shownNames)
  switch (kind) {
    case 'new-sender':
      return t('{senders} sends as this domain. Say whether it is yours.', { senders })
    case 'new-source':
      return t('{senders} was not seen before and passes DMARC.', { senders })
    case 'mail-fails':
      return t('Too much mail from {senders} fails. Reports say why.', { senders })
    case 'reports-overdue':
      return t('Receivers report once a day. Check the report address in the live record.')
    case 'can-move':
      return t('The reports show that your mail passes.')
  }
}
