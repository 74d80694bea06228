import { stageOf, stageTitle } from '../../shared/groups.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { reasonOf } from '../../shared/reason.ts'

/** Domains as a CSV file that spreadsheets open as it is: UTF-8 with a byte order mark, CRLF, cells quoted where needed. */
export function domainsCsv(domains: readonly DomainSummary[]): string {
  const heading = [
    t('Domain'),
    t('State'),
    t('Reason'),
    t('DMARC policy in force'),
    t('Hosted DMARC'),
    t('Hosted MTA-STS'),
    t('Parked'),
    t('Tags'),
    t('Kept in code'),
    t('Checked'),
  ]
  const rows = domains.map((domain) => [
    domain.title,
    stageTitle(stageOf(domain)),
    reasonOf(domain) ?? '',
    domain.policy ?? '',
    yes(domain.hostedDmarc),
    yes(domain.hostedMtaSts),
    yes(domain.parked),
    domain.tags.map(({ name }) => name).join(', '),
    domain.managedBy ?? '',
    domain.checkedAt ?? '',
  ])
  return `\ufeff${[heading, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`
}

const yes = (is: boolean) => (is ? t('yes') : t('no'))

/** A spreadsheet would run what begins like a formula; an apostrophe makes it text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
