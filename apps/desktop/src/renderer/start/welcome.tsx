import { FlaskConical } from 'lucide-react'
import type { Problem } from '../../shared/problems.ts'
import { Button } from '../parts/button.tsx'
import { EnvelopeArt } from '../parts/envelope-art.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'
import { ConnectForm } from './connect-form.tsx'

/** The first run. */
export function Welcome({ notice }: { notice: Problem | undefined }) {
  const sandbox = useRequest('startSandbox')
  return (
    <main className="welcome">
      <EnvelopeArt />
      <h1>DMARC Watch</h1>
      <p className="lead">Keeps an eye on the mail records of your domains, and puts missing ones in place.</p>
      {notice ? <ProblemCard problem={notice} /> : null}
      <section className="card" aria-labelledby="connect-heading">
        <h2 id="connect-heading">Connect your account</h2>
        <ConnectForm />
      </section>
      <section className="card try" aria-labelledby="try-heading">
        <div>
          <h2 id="try-heading">Just looking?</h2>
          <p className="muted">
            The sandbox is a whole service with its own DNS on this computer. It needs no account and leaves nothing
            behind.
          </p>
        </div>
        <Button
          icon={<FlaskConical size={16} aria-hidden="true" />}
          busy={sandbox.busy}
          onPress={() => void sandbox.send()}
        >
          Try it with the sandbox
        </Button>
        {sandbox.problem ? <ProblemCard problem={sandbox.problem} onAction={() => void sandbox.send()} /> : null}
      </section>
    </main>
  )
}
