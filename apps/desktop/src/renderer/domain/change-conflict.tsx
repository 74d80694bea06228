import { t } from '../../shared/messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'

interface ChangeConflictProps {
  readonly published: string
  readonly draft: string
  readonly onKeep: () => void
  readonly onDiscard: () => void
}

/** Somebody changed what is being edited. Shows both; nothing is published until the person decides. */
export function ChangeConflict({ published, draft, onKeep, onDiscard }: ChangeConflictProps) {
  const here = useFocusHere<HTMLElement>()
  return (
    <section ref={here} className="confirmation" role="alert" aria-label={t('Changed meanwhile')}>
      <h4>{t('This was changed since you started editing')}</h4>
      <p className="field-label">{t('Published now')}</p>
      <p className="mono record-text">{published || t('nothing')}</p>
      <p className="field-label">{t('Your draft')}</p>
      <p className="mono record-text">{draft}</p>
      <div className="button-row">
        <Button onPress={onKeep}>{t('Keep my draft')}</Button>
        <Button kind="quiet" onPress={onDiscard}>
          {t('Discard my draft')}
        </Button>
      </div>
    </section>
  )
}
