import { recordKindTable } from '@dmarc-as-code/records'
import { plural, t, translateIfKnown } from './messages/messages.ts'
import type { DomainSummary, RecordView } from './model.ts'

/** The one thing that is the case with a domain, in a few words; undefined where there is nothing to say. */
export function reasonOf(domain: DomainSummary): string | undefined {
  const { state, records } = domain
  if (records.some((record) => record.dangling !== undefined)) return t('CNAME left behind')
  const hosted = records.filter((record) => record.expected !== undefined)
  if (state === 'attention')
    return problemOf(
      hosted.filter((record) => record.state === 'attention'),
      hosted.length,
    )
  if (state === 'working') {
    const ready = hosted.filter((record) => record.state === 'ready').length
    return hosted.length > 1
      ? plural('{ready} of {count} record ready|{ready} of {count} records ready', hosted.length, { ready })
      : shortOf(hosted[0])
  }
  if (state === 'unknown') return t('Could not be checked')
  return domain.parked ? t('parked') : undefined
}

function problemOf(records: readonly RecordView[], all: number): string | undefined {
  const [first, ...others] = records
  if (!first) return undefined
  if (others.length > 0)
    return plural('{wrong} of {count} record|{wrong} of {count} records', all, { wrong: records.length })
  const short = shortOf(first)
  // The DMARC record is what people think of first, so only the others are named.
  return first.kind === 'dmarc' ? short : `${recordTitle(first)}: ${short ?? t('Action needed')}`
}

function shortOf(record: RecordView | undefined): string | undefined {
  return record?.short === undefined ? undefined : translateIfKnown(record.short)
}

export function recordTitle({ kind }: Pick<RecordView, 'kind'>): string {
  return translateIfKnown(recordKindTable[kind].title)
}
