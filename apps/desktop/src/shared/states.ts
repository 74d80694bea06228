import { t } from './messages/messages.ts'
import type { DomainState, RecordView } from './model.ts'

/** What the service says about one record, in its own words (open lists). */
interface RecordWords {
  readonly status?: string | undefined
  readonly txt?: string | undefined
  readonly policyFile?: string | undefined
  readonly reason?: string | undefined
}

/**
 * One record's state. The person is asked to act only on what is theirs: their CNAME, and a CAA record that forbids the
 * certificate. A queued TXT or a missing policy file is for the service to fix.
 */
export function recordState({ status, txt, policyFile, reason }: RecordWords): DomainState {
  if (status === undefined) return 'unknown'
  if (status === 'awaiting_setup' || status === 'misconfigured') return 'attention'
  if (status !== 'verified') return 'unknown'
  if (policyFile === 'unreachable' && reason === 'caa-blocks') return 'attention'
  if (txt === 'queued' || policyFile === 'pending' || policyFile === 'unreachable') return 'working'
  return 'ready'
}

/** The worst of the records that are hosted; `unhosted` when none is. */
export function domainState(records: readonly Pick<RecordView, 'state'>[]): DomainState {
  const worst = (['attention', 'working', 'unknown', 'ready'] as const).find((state) =>
    records.some((record) => record.state === state),
  )
  return worst ?? 'unhosted'
}

/** Whether the person has to add or change the CNAME of this record, which the app can do for them. */
export function isMissingCname({ state, expected }: Pick<RecordView, 'state' | 'expected'>): boolean {
  return state === 'attention' && expected !== undefined
}

export function needsCname({
  records,
}: {
  readonly records: readonly Pick<RecordView, 'state' | 'expected'>[]
}): boolean {
  return records.some(isMissingCname)
}

/** The words beside the shape and the colour. */
export function stateWord(state: DomainState): string {
  switch (state) {
    case 'attention':
      return t('Action needed')
    case 'working':
      return t('In progress')
    case 'unknown':
      return t('Unknown')
    case 'unhosted':
      return t('Not hosted')
    case 'ready':
      return t('Ready')
  }
}
