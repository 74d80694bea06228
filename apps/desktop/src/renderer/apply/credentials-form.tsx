import type { ZoneAccess } from '../../shared/apply.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { T } from '../parts/text.tsx'
import { useRequest } from '../state/bridge.ts'
import { AccessForm } from './access-form.tsx'

/** Asks once for the credentials of a zone. */
export function CredentialsForm({ zone, others }: { zone: ZoneAccess; others: number }) {
  const give = useRequest('giveCredentials')
  const manual = useRequest('addManually')
  return (
    <section className="card" aria-labelledby="credentials-heading">
      <header>
        <h2 id="credentials-heading">{t('Credentials for {zone}', { zone: zone.zone })}</h2>
      </header>
      <p>
        <T text="The zone is hosted by {service}." service={<strong>{zone.serviceTitle}</strong>} />{' '}
        {others > 0
          ? plural(
              '{count} more domain needs credentials. The app tries the same ones there.|{count} more domains need credentials. The app tries the same ones there.',
              others,
            )
          : null}
      </p>
      <AccessForm
        label={t('DNS credentials')}
        suggested={zone.suggested}
        submitLabel={t('Continue')}
        busy={give.busy}
        problem={give.problem}
        onGive={(method, values) => void give.send({ zone: zone.zone, method, values })}
      >
        <Button kind="quiet" busy={manual.busy} onPress={() => void manual.send({ zone: zone.zone })}>
          {t('Add the records manually')}
        </Button>
      </AccessForm>
    </section>
  )
}
