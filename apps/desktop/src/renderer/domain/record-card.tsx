import { recordKindTable } from '@dmarc-as-code/records'
import { Clock, ExternalLink, Lightbulb } from 'lucide-react'
import type { RecordView } from '../../shared/model.ts'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { DnsText } from '../parts/dns-text.tsx'
import { Message } from '../parts/message.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { Time } from '../parts/time.tsx'

/** One record: what should be there, what is, why it is so, and what to do. */
export function RecordCard({ record, onOpenPolicyFile }: { record: RecordView; onOpenPolicyFile: () => void }) {
  const { expected, advice, askedAt, askedOf, visibleBy, state } = record
  // A service that calls a record verified need not repeat what it saw.
  const found = record.found ?? (record.status === 'verified' ? expected : undefined)
  const heading = `record-${record.kind}`
  const plain = expected === undefined
  return (
    <article className={`card record record-${state}`} aria-labelledby={heading}>
      <header>
        <h3 id={heading}>{recordKindTable[record.kind].title}</h3>
        <StateMark state={state} />
      </header>
      <p className="mono name">
        <DnsText text={record.name} />{' '}
        {plain ? null : <CopyButton text={record.name} what={`the name ${record.name}`} />}
      </p>
      <p className="why">
        <Message text={record.why} />
      </p>
      {plain ? null : (
        <dl className="values">
          <dt>Expected</dt>
          <dd className="mono">
            <DnsText text={expected} /> <CopyButton text={expected} what={`the target ${expected}`} />
          </dd>
          <dt>Found</dt>
          <dd className="mono">{found ? <DnsText text={found} /> : <span className="muted">nothing</span>}</dd>
        </dl>
      )}
      {advice ? (
        <p className="advice">
          <Lightbulb size={16} aria-hidden="true" />
          <span>
            <Message text={advice} />
          </span>
        </p>
      ) : null}
      {visibleBy ? (
        <p className="advice calm">
          <Clock size={16} aria-hidden="true" />
          <span>
            Visible everywhere <Time at={visibleBy} />, when cached answers have expired.
          </span>
        </p>
      ) : null}
      <footer>
        {askedAt ? (
          <p className="muted">
            Checked <Time at={askedAt} /> · {askedOf ?? 'the service'}
          </p>
        ) : null}
        {record.kind === 'mta_sts_policy' && record.policyFile === 'active' ? (
          <Button kind="quiet" icon={<ExternalLink size={14} aria-hidden="true" />} onPress={onOpenPolicyFile}>
            Policy file
          </Button>
        ) : null}
      </footer>
    </article>
  )
}
