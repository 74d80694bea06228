import type { DomainSummary } from '../../shared/model.ts'
import { dmarcEffect } from '../../shared/policy-effect.ts'
import { policyText } from '../../shared/policy-text.ts'
import { Button } from '../parts/button.tsx'
import { DnsText } from '../parts/dns-text.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { useRequest } from '../state/bridge.ts'

interface TurnOffHostingProps {
  readonly domain: DomainSummary
  readonly service: 'dmarc' | 'mta-sts'
  readonly canEditMtaSts: boolean
  readonly onDone: () => void
}

const names = { dmarc: 'DMARC', 'mta-sts': 'MTA-STS' } as const

/** Asks before hosting is turned off: what it means for mail, and the order that leaves nothing dangling. */
export function TurnOffHosting({ domain, service, canEditMtaSts, onDone }: TurnOffHostingProps) {
  const here = useFocusHere<HTMLElement>()
  const hosting = useRequest('setHosting')
  const policy = useRequest('saveMtaStsPolicy')
  const cnames = domain.records.filter(
    ({ kind, status }) => (kind === 'dmarc') === (service === 'dmarc') && status === 'verified',
  )
  const turnOff = async (removeCnames: boolean) => {
    const done = await hosting.send({ key: domain.key, service, on: false, removeCnames })
    if (done.ok) onDone()
  }
  const { mtaSts } = domain
  const mustWithdraw = service === 'mta-sts' && mtaSts !== undefined && mtaSts.mode !== 'none' && cnames.length > 0
  const title = `Turn off hosted ${names[service]} for ${domain.title}?`
  return (
    <section ref={here} className="confirmation" aria-label={title}>
      <h4>{title}</h4>
      <p>{service === 'dmarc' ? dmarcEffect(domain) : mtaStsEffect(domain)}</p>
      {mustWithdraw && canEditMtaSts ? (
        <p>
          First set the policy to mode none, and keep hosting on until the maximum age of {mtaSts.days}{' '}
          {mtaSts.days === 1 ? 'day' : 'days'} has passed. Then turn hosting off.
        </p>
      ) : null}
      {cnames.length > 0 ? (
        <>
          <p>
            {cnames.length === 1 ? 'This CNAME is' : 'These CNAMEs are'} removed first, so that{' '}
            {cnames.length === 1 ? 'it does' : 'they do'} not lead to a name that no longer exists:
          </p>
          <ul>
            {cnames.map(({ name }) => (
              <li key={name} className="mono">
                <DnsText text={name} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p className="muted">You can undo this in Activity.</p>
      {hosting.problem ? <ProblemCard problem={hosting.problem} /> : null}
      {policy.problem ? <ProblemCard problem={policy.problem} /> : null}
      <div className="button-row">
        {mustWithdraw && canEditMtaSts ? (
          <Button
            kind="primary"
            busy={policy.busy}
            onPress={async () => {
              const saved = await policy.send({
                key: domain.key,
                base: policyText(mtaSts),
                policy: { ...mtaSts, mode: 'none' },
              })
              if (saved.ok) onDone()
            }}
          >
            Set mode none
          </Button>
        ) : null}
        {cnames.length > 0 ? (
          <Button kind="danger" busy={hosting.busy} onPress={() => void turnOff(true)}>
            Remove {cnames.length === 1 ? 'the CNAME' : `${cnames.length} CNAMEs`} and turn off
          </Button>
        ) : null}
        <Button kind={cnames.length > 0 ? 'quiet' : 'danger'} busy={hosting.busy} onPress={() => void turnOff(false)}>
          {cnames.length > 0 ? 'Turn off without removing' : 'Turn off'}
        </Button>
        <Button kind="quiet" autoFocus onPress={onDone}>
          Keep hosting on
        </Button>
      </div>
    </section>
  )
}

function mtaStsEffect({ mtaSts, records }: DomainSummary): string {
  const isLive = records.some(({ kind, status }) => kind === 'mta_sts_policy' && status === 'verified')
  if (!isLive || !mtaSts) return 'Sending servers do not use this policy yet, so mail is not affected.'
  const days = `${mtaSts.days} ${mtaSts.days === 1 ? 'day' : 'days'}`
  if (mtaSts.mode === 'enforce')
    return `Sending servers that have cached the policy keep enforcing it for up to ${days}. If your mail hosts change meanwhile, they do not deliver your mail. TLS reports stop.`
  return mtaSts.mode === 'none'
    ? `The policy is withdrawn. Sending servers may have an older one cached for up to ${days}.`
    : `Sending servers no longer check encryption to your mail hosts, and TLS reports stop.`
}
