import { FlaskConical, Plus } from 'lucide-react'
import { useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import { t } from '../../shared/messages/messages.ts'
import type { Preferences } from '../../shared/preferences.ts'
import { Button } from '../parts/button.tsx'
import { Choices, Switch } from '../parts/fields.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { ConnectForm } from '../start/connect-form.tsx'
import { useRequest } from '../state/bridge.ts'
import { CaFileField } from './ca-file-field.tsx'
import { ConnectionCard } from './connection-card.tsx'
import { CredentialsSection } from './credentials-section.tsx'
import { NotificationRules } from './notification-rules.tsx'
import { ShortcutField } from './shortcut-field.tsx'
import { TraySettings } from './tray-settings.tsx'
import { UpdatesSection } from './updates-section.tsx'

export function SettingsPage({ state, onBack }: { state: AppState; onBack: () => void }) {
  const { preferences, connections } = state
  const save = useRequest('setPreferences')
  const log = useRequest('showLog')
  const sandbox = useRequest('startSandbox')
  const [adding, setAdding] = useState(false)
  const set = (change: Partial<Preferences>) => void save.send({ ...preferences, ...change })
  return (
    <PageFrame title={t('Settings')} onBack={onBack}>
      <section aria-labelledby="connections-heading">
        <h2 id="connections-heading">{t('Connections')}</h2>
        <div className="cards">
          {connections.map((connection) => (
            <ConnectionCard key={connection.id} connection={connection} />
          ))}
          {adding ? (
            <section className="card" aria-label={t('New connection')}>
              <ConnectForm onDone={() => setAdding(false)} />
            </section>
          ) : null}
        </div>
        <div className="button-row">
          {adding ? null : (
            <Button icon={<Plus size={16} aria-hidden="true" />} onPress={() => setAdding(true)}>
              {t('Add a connection')}
            </Button>
          )}
          {connections.some((connection) => connection.kind === 'sandbox') ? null : (
            <Button
              kind="quiet"
              icon={<FlaskConical size={16} aria-hidden="true" />}
              busy={sandbox.busy}
              onPress={() => void sandbox.send()}
            >
              {t('Start the sandbox')}
            </Button>
          )}
        </div>
        {sandbox.problem ? <ProblemCard problem={sandbox.problem} /> : null}
      </section>
      <CredentialsSection kept={state.credentials} hasPlan={state.job !== undefined} />
      <section aria-labelledby="app-heading">
        <h2 id="app-heading">{t('This app')}</h2>
        <div className="card form">
          <Switch
            selected={preferences.notifications}
            onChange={(notifications) => set({ notifications })}
            help={t('Once when a domain becomes ready, breaks, or is changed.')}
          >
            {t('Notifications')}
          </Switch>
          <NotificationRules state={state} onChange={set} />
          <Switch
            selected={preferences.startAtLogin}
            onChange={(startAtLogin) => set({ startAtLogin })}
            help={t('Starts with the tray icon only.')}
          >
            {t('Start at login')}
          </Switch>
          <Choices
            label={t('Language')}
            value={preferences.language}
            options={[
              { value: 'system', label: t('System') },
              { value: 'en', label: 'English' },
              { value: 'de', label: 'Deutsch' },
            ]}
            onChange={(language) => set({ language })}
          />
          <Choices
            label={t('Rows of the list')}
            value={preferences.density}
            options={[
              { value: 'compact', label: t('Compact') },
              { value: 'comfortable', label: t('Comfortable') },
            ]}
            onChange={(density) => set({ density })}
          />
          <TraySettings state={state} onChange={set} />
          <Choices
            label={t('Appearance')}
            value={preferences.theme}
            options={[
              { value: 'system', label: t('System') },
              { value: 'light', label: t('Light') },
              { value: 'dark', label: t('Dark') },
            ]}
            onChange={(theme) => set({ theme })}
          />
          <CaFileField value={preferences.caFile} onSave={(caFile) => set({ caFile })} />
          <ShortcutField value={preferences.shortcut} onChange={(shortcut) => set({ shortcut })} />
          {save.problem ? <ProblemCard problem={save.problem} onAction={save.dismiss} /> : null}
        </div>
      </section>
      <UpdatesSection version={state.version} update={state.update} />
      <p className="muted about">
        {t('The log has technical details for reporting a problem. It contains no secrets.')}
        <Button kind="quiet" onPress={() => void log.send()}>
          {t('Show log')}
        </Button>
      </p>
    </PageFrame>
  )
}
