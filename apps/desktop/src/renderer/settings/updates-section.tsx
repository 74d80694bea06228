import { t } from '../../shared/messages/messages.ts'
import type { UpdateView } from '../../shared/updates.ts'
import { Button } from '../parts/button.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { T } from '../parts/text.tsx'
import { Time } from '../parts/time.tsx'
import { UpdateOffer } from '../parts/update-offer.tsx'
import { useRequest } from '../state/bridge.ts'

/** Which version this is, and what is known of newer ones. */
export function UpdatesSection({ version, update }: { version: string; update: UpdateView }) {
  const check = useRequest('checkForUpdates')
  const button = (
    <Button busy={check.busy || update.state === 'checking'} onPress={() => void check.send()}>
      {t('Check for updates')}
    </Button>
  )
  return (
    <section aria-labelledby="updates-heading">
      <h2 id="updates-heading">{t('Version {version}', { version })}</h2>
      {update.state === 'ready' ? <UpdateOffer update={update} /> : null}
      {update.state === 'failed' ? (
        <ProblemCard problem={update.problem} onAction={() => void check.send()} busy={check.busy} />
      ) : null}
      {update.state === 'off' ? (
        <p className="muted">
          {t('Automatic updates are off.')} {update.why}
        </p>
      ) : null}
      {update.state === 'checking' ? <div className="button-row">{button}</div> : null}
      {update.state === 'current' ? (
        <div className="button-row">
          {button}
          <p className="muted">
            <T text="This is the latest version. Checked {time}." time={<Time at={update.checkedAt} />} />
          </p>
        </div>
      ) : null}
    </section>
  )
}
