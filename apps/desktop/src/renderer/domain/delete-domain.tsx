import { type HostedService, leavingText } from '../../shared/leaving.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { KeptInCode } from '../parts/kept-in-code.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { useRequest } from '../state/bridge.ts'
import { LeaveQuestion } from './leave-question.tsx'

/** Asks before a domain is deleted, with what that means for mail. A deleted domain cannot be brought back. */
export function DeleteDomain({ domain, onDone }: { domain: DomainSummary; onDone: () => void }) {
  const here = useFocusHere<HTMLElement>()
  const remove = useRequest('deleteDomain')
  const title = t('Delete {domain}?', { domain: domain.title })
  const services: HostedService[] = [
    ...(domain.hostedDmarc ? ['dmarc' as const] : []),
    ...(domain.hostedMtaSts ? ['mta-sts' as const] : []),
  ]
  return (
    <section ref={here} className="confirmation" aria-label={title}>
      <h3>{title}</h3>
      <p>{t('Its reports, history and hosted records are gone. This cannot be undone.')}</p>
      {services.map((service) => (
        <p key={service}>{leavingText(domain, service)}</p>
      ))}
      <KeptInCode domains={[domain]} />
      {remove.problem ? <ProblemCard problem={remove.problem} /> : null}
      <LeaveQuestion
        domain={domain}
        services={services}
        confirmLabel={t('Delete')}
        cancelLabel={t('Keep the domain')}
        busy={remove.busy}
        onCancel={onDone}
        onLeave={(leave, reason) => void remove.send({ key: domain.key, leave, reason })}
      />
    </section>
  )
}
