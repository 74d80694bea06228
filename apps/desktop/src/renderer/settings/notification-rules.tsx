import type { AppState } from '../../shared/contract/app-state.ts'
import { t } from '../../shared/messages/messages.ts'
import type { Preferences } from '../../shared/preferences.ts'
import { tagsInUse } from '../../shared/select.ts'
import { Button } from '../parts/button.tsx'
import { Checkbox } from '../parts/fields.tsx'
import { T } from '../parts/text.tsx'
import { Time } from '../parts/time.tsx'

const hour = 60 * 60_000

interface NotificationRulesProps {
  readonly state: AppState
  readonly onChange: (change: Partial<Preferences>) => void
}

/** When there are no notifications though they are on: for a while, and for tags. */
export function NotificationRules({ state, onChange }: NotificationRulesProps) {
  const { notifications, pausedUntil, mutedTags } = state.preferences
  if (!notifications) return null
  const isPaused = pausedUntil !== '' && Date.parse(pausedUntil) > Date.now()
  const pause = (hours: number) => onChange({ pausedUntil: new Date(Date.now() + hours * hour).toISOString() })
  const tags = tagsInUse(state.domains)
  return (
    <>
      <div className="button-row">
        {isPaused ? (
          <>
            <p className="muted">
              <T text="Paused; they resume {time}." time={<Time at={pausedUntil} />} />
            </p>
            <Button kind="quiet" onPress={() => onChange({ pausedUntil: '' })}>
              {t('Resume now')}
            </Button>
          </>
        ) : (
          <>
            <Button kind="quiet" onPress={() => pause(1)}>
              {t('Pause for 1 hour')}
            </Button>
            <Button kind="quiet" onPress={() => pause(24)}>
              {t('Pause for 1 day')}
            </Button>
          </>
        )}
      </div>
      {tags.length > 0 ? (
        <fieldset className="field">
          <legend className="field-label">{t('Notify about tags')}</legend>
          {tags.map((tag) => (
            <Checkbox
              key={tag}
              selected={!mutedTags.includes(tag)}
              onChange={(wanted) =>
                onChange({ mutedTags: wanted ? mutedTags.filter((other) => other !== tag) : [...mutedTags, tag] })
              }
            >
              {tag}
            </Checkbox>
          ))}
        </fieldset>
      ) : null}
    </>
  )
}
