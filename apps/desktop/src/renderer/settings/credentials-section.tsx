import { useEffect, useRef, useState } from 'react'
import type { StoredCredentials } from '../../shared/credentials.ts'
import { t } from '../../shared/messages/messages.ts'
import { problem } from '../../shared/problems.ts'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'
import { CredentialsCard } from './credentials-card.tsx'

/** Which DNS services the app has credentials for, never the credentials themselves. */
export function CredentialsSection({ kept, hasPlan }: { kept: readonly StoredCredentials[]; hasPlan: boolean }) {
  const look = useRequest('readStoredCredentials')
  const [done, setDone] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  const { send } = look
  useEffect(() => void send(), [send])
  const shut = kept.map(({ state }) => state).find((state) => state === 'locked' || state === 'unavailable')
  return (
    <section aria-labelledby="credentials-heading">
      <h2 id="credentials-heading" ref={heading} tabIndex={-1}>
        {t('DNS credentials')}
      </h2>
      <p className="muted">
        {kept.length === 0
          ? t('None stored. The first apply to a zone asks for them once.')
          : t(
              'Stored in the password store of this computer. Credentials for one zone are also tried for other zones at the same service.',
            )}
      </p>
      <p role="status" className={done ? 'muted' : 'hidden'}>
        {done}
      </p>
      {shut ? <ProblemCard problem={problem(`secret-${shut}`)} onAction={() => void send()} busy={look.busy} /> : null}
      {look.problem ? <ProblemCard problem={look.problem} onAction={() => void send()} busy={look.busy} /> : null}
      {kept.length > 0 ? (
        <div className="cards">
          {kept.map((each) => (
            <CredentialsCard
              key={each.zone}
              kept={each}
              hasPlan={hasPlan}
              onDone={(what) => {
                setDone(
                  what === 'removed'
                    ? t('Credentials for {zone} removed.', { zone: each.zone })
                    : t('Credentials for {zone} replaced.', { zone: each.zone }),
                )
                // The button that had the focus is gone.
                heading.current?.focus({ preventScroll: true })
              }}
            />
          ))}
        </div>
      ) : null}
    </section>
  )
}
