import type { ApplyPhase, ConflictChoice, PlanItem } from '../../shared/apply.ts'
import { t, translateIfKnown } from '../../shared/messages/messages.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { DnsText } from '../parts/dns-text.tsx'
import { Choices } from '../parts/fields.tsx'
import { Message } from '../parts/message.tsx'
import { Outcome } from './outcome.tsx'

interface PlanRowProps {
  readonly item: PlanItem
  readonly phase: ApplyPhase
  readonly isChosen: boolean
  /** Undefined where the decision is made elsewhere. */
  readonly choice: ConflictChoice | undefined
  readonly onChoose: (choice: ConflictChoice) => void
}

/** One record: what is there now, what will be, and, while the job runs, how far it is. */
export function PlanRow({ item, phase, isChosen, choice, onChoose }: PlanRowProps) {
  const { name, host, target, existing, message, action } = item
  const isAsking = phase === 'confirm' || phase === 'reading' || phase === 'credentials'
  return (
    <li className={`plan-row plan-${action}`} aria-label={name}>
      <div className="plan-head">
        <span className="mono name">
          <DnsText text={name} />
        </span>
        <Outcome item={item} phase={phase} manual={false} isChosen={isChosen} />
      </div>
      <dl className="change">
        <dt>{t('Now')}</dt>
        <dd className="mono">
          {existing.length > 0 ? (
            existing.map((line) => (
              <p key={line}>
                <DnsText text={line} />
              </p>
            ))
          ) : (
            <span className="muted">{t('nothing')}</span>
          )}
        </dd>
        <dt>{t('Will be')}</dt>
        <dd className="mono">
          CNAME <DnsText text={target} />
        </dd>
      </dl>
      {message && isAsking && existing.length === 0 ? (
        <p className="muted">
          <Message text={translateIfKnown(message)} />
        </p>
      ) : null}
      {action === 'conflict' && phase === 'confirm' && choice ? (
        <Choices
          label={t('What to do at {name}', { name: host })}
          value={choice}
          options={[
            { value: 'keep', label: t('Keep the existing record') },
            { value: 'replace', label: t('Replace it'), help: t('Undo restores the existing record.') },
          ]}
          onChange={onChoose}
        />
      ) : null}
    </li>
  )
}

/** A record to be added by hand: what the panel of the DNS service asks for. */
export function ManualRow({ item, phase }: { item: PlanItem; phase: ApplyPhase }) {
  const { name, host, target, existing, message } = item
  return (
    <li className="plan-row" aria-label={name}>
      <div className="plan-head">
        <span className="mono name">
          <DnsText text={name} />
        </span>
        <Outcome item={item} phase={phase} manual isChosen={false} />
      </div>
      <dl className="values">
        <dt>{t('Host')}</dt>
        <dd className="mono">
          {host} <CopyButton text={host} what={t('the host {host}', { host })} />
        </dd>
        <dt>{t('Type')}</dt>
        <dd className="mono">CNAME</dd>
        <dt>{t('Target')}</dt>
        <dd className="mono">
          <DnsText text={target} /> <CopyButton text={target} what={t('the target {target}', { target })} />
        </dd>
      </dl>
      {existing.length > 0 ? (
        <div className="existing">
          <p className="muted">{t('Existing record; remove it first')}</p>
          {existing.map((line) => (
            <p key={line} className="mono">
              <DnsText text={line} />
            </p>
          ))}
        </div>
      ) : message ? (
        <p className="muted">
          <Message text={translateIfKnown(message)} />
        </p>
      ) : null}
    </li>
  )
}
