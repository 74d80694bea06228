import { FlaskConical, Settings } from 'lucide-react'
import { t } from '../../shared/messages/messages.ts'
import type { Problem } from '../../shared/problems.ts'
import { Button } from '../parts/button.tsx'
import { EnvelopeArt } from '../parts/envelope-art.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'
import { ConnectForm } from './connect-form.tsx'

/** The first run. */
export function Welcome({ notice, onSettings }: { notice: Problem | undefined; onSettings: () => void }) {
  const sandbox = useRequest('startSandbox')
  return (
    <main className="welcome">
      <EnvelopeArt />
      <h1 tabIndex={-1}>DMARC Watch</h1>
      <p className="lead">{t('Monitors the mail records of your domains and adds the missing ones.')}</p>
      {notice ? <ProblemCard problem={notice} /> : null}
      <section className="card" aria-labelledby="connect-heading">
        <h2 id="connect-heading">{t('Connect your account')}</h2>
        <ConnectForm />
      </section>
      <section className="card try" aria-labelledby="try-heading">
        <div>
          <h2 id="try-heading">{t('No account yet?')}</h2>
          <p className="muted">
            {t(
              'The sandbox is a complete service with its own DNS on this computer. It requires no account and keeps no data.',
            )}
          </p>
        </div>
        <Button
          icon={<FlaskConical size={16} aria-hidden="true" />}
          busy={sandbox.busy}
          onPress={() => void sandbox.send()}
        >
          {t('Try the sandbox')}
        </Button>
        {sandbox.problem ? <ProblemCard problem={sandbox.problem} onAction={() => void sandbox.send()} /> : null}
      </section>
      <Button kind="quiet" icon={<Settings size={16} aria-hidden="true" />} onPress={onSettings}>
        {t('Settings')}
      </Button>
    </main>
  )
}
