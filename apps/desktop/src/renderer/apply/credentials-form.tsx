import type { ZoneAccess } from '../../shared/apply.ts'
import { Button } from '../parts/button.tsx'
import { useRequest } from '../state/bridge.ts'
import { AccessForm } from './access-form.tsx'

/** Asks once for the credentials of a zone. */
export function CredentialsForm({ zone, others }: { zone: ZoneAccess; others: number }) {
  const give = useRequest('giveCredentials')
  const manual = useRequest('addManually')
  return (
    <section className="card" aria-labelledby="credentials-heading">
      <header>
        <h2 id="credentials-heading">Credentials for {zone.zone}</h2>
      </header>
      <p>
        The zone is hosted by <strong>{zone.serviceTitle}</strong>.{' '}
        {others > 0
          ? `${others} more ${others === 1 ? 'domain needs' : 'domains need'} credentials. The app tries the same ones there.`
          : null}
      </p>
      <AccessForm
        label="DNS credentials"
        suggested={zone.suggested}
        submitLabel="Continue"
        busy={give.busy}
        problem={give.problem}
        onGive={(method, values) => void give.send({ zone: zone.zone, method, values })}
      >
        <Button kind="quiet" busy={manual.busy} onPress={() => void manual.send({ zone: zone.zone })}>
          Add the records manually
        </Button>
      </AccessForm>
    </section>
  )
}
