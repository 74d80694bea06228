import { ArrowUpCircle } from 'lucide-react'
import { t } from '../../shared/messages/messages.ts'
import type { UpdateView } from '../../shared/updates.ts'
import { useRequest } from '../state/bridge.ts'
import { Button } from './button.tsx'
import { ProblemCard } from './problem-card.tsx'

/** A downloaded release. It is installed when the person confirms, or on quit where that is harmless. */
export function UpdateOffer({ update }: { update: UpdateView }) {
  const install = useRequest('installUpdate')
  if (update.state !== 'ready') return null
  const problem = update.problem ?? install.problem
  return (
    <section className="update" role="status" aria-label={t('Update')}>
      <ArrowUpCircle size={18} aria-hidden="true" />
      <p>
        <strong>{t('Version {version} is ready.', { version: update.version })}</strong>{' '}
        {update.onQuit ? t('It is installed when you quit the app.') : t('Your system may ask for a password.')}
      </p>
      <Button busy={install.busy} onPress={() => void install.send()}>
        {t('Install and restart')}
      </Button>
      {problem ? <ProblemCard problem={problem} /> : null}
    </section>
  )
}
