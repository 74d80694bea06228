import { t } from '../../shared/messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { acceleratorOf } from './accelerator.ts'

/** The global shortcut, set by pressing it. */
export function ShortcutField({ value, onChange }: { value: string; onChange: (accelerator: string) => void }) {
  return (
    <div className="field">
      <label className="field-label" htmlFor="shortcut">
        {t('Global shortcut')}
      </label>
      <div className="button-row">
        <input
          id="shortcut"
          readOnly
          className="shortcut"
          value={value.replaceAll('+', ' + ')}
          placeholder={t('Press the keys')}
          aria-describedby="shortcut-help"
          onKeyDown={(event) => {
            const accelerator = acceleratorOf(event)
            if (!accelerator) return
            event.preventDefault()
            onChange(accelerator)
          }}
        />
        {value ? (
          <Button kind="quiet" onPress={() => onChange('')}>
            {t('Clear')}
          </Button>
        ) : null}
      </div>
      <p className="field-help" id="shortcut-help">
        {t('Shows and hides this window from any application. Use Control, Alt, or Super.')}
      </p>
    </div>
  )
}
