import { useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import { listOf } from '../../shared/messages/lists.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { Button } from '../parts/button.tsx'
import { TagEditor } from '../parts/tag-editor.tsx'
import { DeleteDomain } from './delete-domain.tsx'

interface DomainSettingsProps {
  readonly state: AppState
  readonly domain: DomainSummary
  readonly extensions: readonly string[]
  readonly asking: 'delete' | undefined
}

/** Tags, whether the domain is parked, and its end. */
export function DomainSettings({ state, domain, extensions, asking }: DomainSettingsProps) {
  const [tagging, setTagging] = useState(false)
  const [deleting, setDeleting] = useState(asking === 'delete')
  const { parked, tags } = domain
  return (
    <article className="card" aria-labelledby="domain-settings">
      <header>
        <h2 id="domain-settings">{t('Domain')}</h2>
      </header>
      {parked ? (
        <p>{t('Parked: sends and receives no mail. The service decides this when a domain is added.')}</p>
      ) : null}
      {tagging ? (
        <TagEditor domains={[domain]} known={state.domains} onDone={() => setTagging(false)} />
      ) : (
        <p className="muted">
          {tags.length > 0 ? t('Tags: {tags}', { tags: listOf(tags.map(({ name }) => name)) }) : t('No tags.')}
        </p>
      )}
      {deleting ? <DeleteDomain domain={domain} onDone={() => setDeleting(false)} /> : null}
      <div className="button-row">
        {tagging || !extensions.includes('tags_on_update') ? null : (
          <Button onPress={() => setTagging(true)}>{t('Edit tags')}</Button>
        )}
        {deleting ? null : (
          <Button kind="quiet" onPress={() => setDeleting(true)}>
            {t('Delete…')}
          </Button>
        )}
      </div>
    </article>
  )
}
