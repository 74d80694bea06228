import { ChevronDown, ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { t, translateIfKnown } from '../../shared/messages/messages.ts'
import type { DomainSummary, RecordView } from '../../shared/model.ts'
import { recordTitle } from '../../shared/reason.ts'
import { stateWord } from '../../shared/states.ts'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { DnsText } from '../parts/dns-text.tsx'
import { Message } from '../parts/message.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { T } from '../parts/text.tsx'
import { Time } from '../parts/time.tsx'

interface RecordTableProps {
  readonly domain: DomainSummary
  readonly onOpenPolicyFile: () => void
}

/** The four records of a domain, a row each. What is wrong is unfolded; the rest opens on demand. */
export function RecordTable({ domain, onOpenPolicyFile }: RecordTableProps) {
  return (
    <table className="records card" aria-label={t('Records')}>
      <thead>
        <tr>
          <th scope="col">{t('Record')}</th>
          <th scope="col">{t('State')}</th>
          <th scope="col">{t('Found')}</th>
          <th scope="col">{t('Checked')}</th>
        </tr>
      </thead>
      {domain.records.map((record) => (
        <RecordRows key={record.kind} record={record} address={domain.address} onOpenPolicyFile={onOpenPolicyFile} />
      ))}
    </table>
  )
}

interface RecordRowsProps {
  readonly record: RecordView
  readonly address: string
  readonly onOpenPolicyFile: () => void
}

function RecordRows({ record, address, onOpenPolicyFile }: RecordRowsProps) {
  const { state, expected, name, short, askedAt } = record
  const isWrong = state !== 'ready' && state !== 'unhosted'
  const [chosen, setChosen] = useState<boolean>()
  const isOpen = chosen ?? (isWrong || record.dangling !== undefined)
  const title = recordTitle(record)
  const details = `details-${record.kind}`
  return (
    <tbody className={isWrong ? `record record-${state}` : 'record'} aria-label={title}>
      <tr>
        <th scope="row">
          <AriaButton
            className="row-toggle"
            aria-expanded={isOpen}
            aria-controls={details}
            onPress={() => setChosen(!isOpen)}
          >
            <ChevronDown size={14} aria-hidden="true" className={isOpen ? 'open' : ''} />
            <span>{title}</span>
          </AriaButton>
          <span className="mono muted host">{hostOf(name, address)}</span>
        </th>
        <td data-label={t('State')}>
          <StateMark state={state} word={state === 'attention' && short ? translateIfKnown(short) : stateWord(state)} />
        </td>
        <td data-label={t('Found')} className="mono">
          {expected === undefined ? null : <Found record={record} />}
        </td>
        <td data-label={t('Checked')} className="muted">
          {askedAt ? <Time at={askedAt} /> : null}
        </td>
      </tr>
      {isOpen ? (
        <tr id={details}>
          <td colSpan={4}>
            <Details record={record} onOpenPolicyFile={onOpenPolicyFile} />
          </td>
        </tr>
      ) : null}
    </tbody>
  )
}

/** A service that calls a record verified need not repeat what it saw. */
function Found({ record: { found, status, expected } }: { record: RecordView }) {
  const seen = found ?? (status === 'verified' ? expected : undefined)
  return seen ? <DnsText text={seen} /> : <span className="muted">{t('nothing')}</span>
}

/** Why a record is in its state, what is expected, and what to do. */
function Details({ record, onOpenPolicyFile }: { record: RecordView; onOpenPolicyFile: () => void }) {
  const { name, expected, why, advice, visibleBy, askedAt, askedOf, txt } = record
  return (
    <div className="record-details">
      <p className="why">
        <Message text={translateIfKnown(why)} />
      </p>
      {advice ? (
        <p className="advice">
          <Message text={translateIfKnown(advice)} />
        </p>
      ) : null}
      {expected === undefined ? null : (
        <dl className="values">
          <dt>{t('Name')}</dt>
          <dd className="mono">
            <DnsText text={name} /> <CopyButton text={name} what={t('the name {name}', { name })} />
          </dd>
          <dt>{t('Expected')}</dt>
          <dd className="mono">
            CNAME <DnsText text={expected} />{' '}
            <CopyButton text={expected} what={t('the target {target}', { target: expected })} />
          </dd>
          {txt === 'queued' ? (
            <>
              <dt>TXT</dt>
              <dd>{t('not published yet')}</dd>
            </>
          ) : null}
        </dl>
      )}
      {visibleBy ? (
        <p className="muted">
          <T text="Visible everywhere {time}, when cached answers have expired." time={<Time at={visibleBy} />} />
        </p>
      ) : null}
      {askedAt ? (
        <p className="muted">
          <T text="Checked {time}" time={<Time at={askedAt} />} /> · {askedOf ?? t('the service')}
        </p>
      ) : null}
      {record.kind === 'mta_sts_policy' && record.policyFile === 'active' ? (
        <Button kind="quiet" icon={<ExternalLink size={14} aria-hidden="true" />} onPress={onOpenPolicyFile}>
          {t('Policy file')}
        </Button>
      ) : null}
    </div>
  )
}

/** The labels before the domain, as DNS panels show them. */
function hostOf(name: string, address: string): string {
  return name.endsWith(`.${address}`) ? name.slice(0, -address.length - 1) : name
}
