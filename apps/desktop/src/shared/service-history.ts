import { listOf } from './messages/lists.ts'
import { type Message, t, translateIfKnown } from './messages/messages.ts'
import type { DomainState, RecordKind } from './model.ts'
import { recordTitle } from './reason.ts'

/** Something about a domain that its service remembers, also from times when this app did not run. */
export type ServiceEvent = { readonly at: string } & (
  | {
      readonly kind: 'status'
      readonly record: RecordKind
      readonly state: DomainState
      /** The status in a few words, as the catalogue has them. */
      readonly status: string
    }
  /** Why the protection was weakened, or a risk was taken, in the words of whoever did it. */
  | { readonly kind: 'consent' | 'risk'; readonly words: string }
  /** `settings` as the API names them; empty for the domain as a whole. */
  | { readonly kind: 'change'; readonly action: string; readonly settings: readonly string[] }
)

export function serviceEventText(event: ServiceEvent): string {
  switch (event.kind) {
    case 'status':
      return `${recordTitle({ kind: event.record })}: ${translateIfKnown(event.status)}`
    case 'consent':
      return t('Reason for weakening: {reason}', { reason: event.words })
    case 'risk':
      return t('Risk accepted: {reason}', { reason: event.words })
    case 'change':
      return changeText(event)
  }
}

function changeText({ action, settings }: Extract<ServiceEvent, { kind: 'change' }>): string {
  switch (action) {
    case 'createDomain':
      return t('Added to the service')
    case 'deleteDomain':
      return t('Deleted at the service')
    case 'restoreDomain':
      return t('Restored at the service')
    default:
      return settings.length > 0
        ? t('Changed at the service: {settings}', { settings: listOf(settings.map(settingTitle)) })
        : t('Changed at the service')
  }
}

const titles: Readonly<Record<string, Message>> = {
  hosted_dmarc: 'Hosted DMARC',
  hosted_dmarc_config: 'DMARC policy',
  hosted_mta_sts: 'Hosted MTA-STS',
  mta_sts_policy: 'MTA-STS policy',
  managed_by: 'Kept in code',
  parked_domain: 'Parked',
  rua_report: 'Aggregate reports',
  ruf_report: 'Failure reports',
  tags: 'Tags',
}

/** Settings of later versions keep their names. */
const settingTitle = (setting: string): string => {
  const title = titles[setting]
  return title ? t(title) : setting
}
