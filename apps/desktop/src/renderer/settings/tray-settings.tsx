import type { AppState } from '../../shared/contract/app-state.ts'
import { t } from '../../shared/messages/messages.ts'
import type { Preferences } from '../../shared/preferences.ts'
import { Button } from '../parts/button.tsx'
import { Choices } from '../parts/fields.tsx'
import { useRequest } from '../state/bridge.ts'

interface TraySettingsProps {
  readonly state: AppState
  readonly onChange: (change: Partial<Preferences>) => void
}

/** The icon, the window under it, and what is left of the app where there is no tray. */
export function TraySettings({ state: { preferences, hasTray }, onChange }: TraySettingsProps) {
  const quit = useRequest('quit')
  return (
    <>
      {hasTray ? null : (
        <p>
          {t(
            'This desktop shows no tray icons, so DMARC Watch is an ordinary window here, and ends when it is closed.',
          )}
        </p>
      )}
      <Choices
        label={t('Tray icon')}
        value={preferences.trayStyle}
        options={[
          { value: 'outlined', label: t('Outlined'), help: t('Readable on a panel of any tone.') },
          { value: 'light', label: t('Light'), help: t('For dark panels.') },
          { value: 'dark', label: t('Dark'), help: t('For light panels.') },
        ]}
        onChange={(trayStyle) => onChange({ trayStyle })}
      />
      <Choices
        label={t('Window')}
        value={preferences.windowStyle}
        options={[
          { value: 'window', label: t('Window'), help: t('With a frame; stays open.') },
          {
            value: 'popover',
            label: t('Under the icon'),
            help: t('Without a frame; closes when you use another window. From its next opening.'),
          },
        ]}
        onChange={(windowStyle) => onChange({ windowStyle })}
      />
      <Choices
        label={t('When the window is closed')}
        value={preferences.closing}
        options={[
          { value: 'automatic', label: t('Automatic'), help: t('The app goes on where its icon is in a tray.') },
          { value: 'keep', label: t('Go on'), help: t('Start the app again to open its window.') },
          { value: 'quit', label: t('Quit'), help: t('Nothing is watched until you start the app again.') },
        ]}
        onChange={(closing) => onChange({ closing })}
      />
      <div className="button-row">
        <Button busy={quit.busy} onPress={() => void quit.send()}>
          {t('Quit DMARC Watch')}
        </Button>
      </div>
    </>
  )
}
