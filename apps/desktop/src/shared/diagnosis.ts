import { domainLink } from './deep-link.ts'
import { t, translateIfKnown } from './messages/messages.ts'
import type { DomainSummary, RecordView } from './model.ts'
import { recordTitle } from './reason.ts'
import { stateWord } from './states.ts'

/** What a DNS team needs to know of a domain, as plain text: each record with name, expected, found, why and what to do. */
export function diagnosisOf(domain: DomainSummary): string {
  const { address, title, records, policy } = domain
  const head = title === address ? address : `${title} (${address})`
  const hosted = records.filter(({ expected, dangling }) => expected !== undefined || dangling !== undefined)
  return [
    t('Mail records of {domain}', { domain: head }),
    ...(policy ? [t('DMARC policy in force: {policy}', { policy })] : []),
    '',
    ...(hosted.length > 0 ? hosted.flatMap(recordLines) : [t('Nothing is hosted for this domain.'), '']),
    t('In DMARC Watch: {link}', { link: domainLink(address) }),
    '',
  ].join('\n')
}

function recordLines(record: RecordView): string[] {
  const { name, expected, found, status, why, advice, askedAt, askedOf, state } = record
  const seen = found ?? (status === 'verified' ? expected : undefined) ?? t('nothing')
  return [
    `${recordTitle(record)}: ${stateWord(state)}`,
    ...line(t('Name'), name),
    ...(expected === undefined ? [] : [...line(t('Expected'), `CNAME ${expected}`), ...line(t('Found'), seen)]),
    ...line(t('Why'), plain(why)),
    ...(advice ? line(t('To do'), plain(advice)) : []),
    ...(askedAt ? line(t('Checked'), askedOf ? `${askedAt}, ${askedOf}` : askedAt) : []),
    '',
  ]
}

const line = (label: string, value: string) => [`  ${label}: ${value}`]

/** Quotations stand in backticks in messages; plain text does without. */
const plain = (text: string) => translateIfKnown(text).replaceAll('`', '')
