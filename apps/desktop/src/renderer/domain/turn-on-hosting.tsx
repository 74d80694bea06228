import { useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { Button } from '../parts/button.tsx'
import { Checkbox } from '../parts/fields.tsx'
import { KeptInCode } from '../parts/kept-in-code.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { useRequest } from '../state/bridge.ts'

interface TurnOnHostingProps {
  readonly domain: DomainSummary
  readonly service: 'dmarc' | 'mta-sts'
  readonly onDone: () => void
}

/** Before hosting is turned on: what it begins with. Nothing changes for mail until the CNAMEs are in place. */
export function TurnOnHosting({ domain, service, onDone }: TurnOnHostingProps) {
  const here = useFocusHere<HTMLElement>()
  const hosting = useRequest('setHosting')
  const [takeOver, setTakeOver] = useState(true)
  const title =
    service === 'dmarc'
      ? t('Turn on hosted DMARC for {domain}', { domain: domain.title })
      : t('Turn on hosted MTA-STS for {domain}', { domain: domain.title })
  const turnOn = async () => {
    const done = await hosting.send({ key: domain.key, service, on: true, leave: 'keep', takeOver, reason: '' })
    if (done.ok) onDone()
  }
  return (
    <section ref={here} className="confirmation" aria-label={title}>
      <h3>{title}</h3>
      <p>{t('Mail is not affected until the CNAMEs are in place. The plan shows the effect first.')}</p>
      <Checkbox selected={takeOver} onChange={setTakeOver}>
        {service === 'dmarc'
          ? t('Begin with the policy and report addresses that are live now')
          : t('Begin with the policy file that is live now')}
      </Checkbox>
      <KeptInCode domains={[domain]} />
      {hosting.problem ? <ProblemCard problem={hosting.problem} /> : null}
      <div className="button-row">
        <Button kind="primary" busy={hosting.busy} onPress={() => void turnOn()}>
          {t('Turn on hosting')}
        </Button>
        <Button kind="quiet" onPress={onDone}>
          {t('Cancel')}
        </Button>
      </div>
    </section>
  )
}
