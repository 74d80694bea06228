import { plural, t } from '../../shared/messages/messages.ts'
import type { AddedDomain } from '../../shared/new-domains.ts'
import { Button } from '../parts/button.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { useRequest } from '../state/bridge.ts'
import type { Page } from '../state/navigation.ts'

interface AddResultsProps {
  readonly results: readonly AddedDomain[]
  readonly onGo: (page: Page) => void
  readonly onBack: () => void
  /** Back to the form, with those that were not added. */
  readonly onAgain: (addresses: readonly string[]) => void
}

/** What became of each domain that was to be added, and the next step for those that were. */
export function AddResults({ results, onGo, onBack, onAgain }: AddResultsProps) {
  const apply = useRequest('startApply')
  const added = results.flatMap(({ key }) => (key ? [key] : []))
  const failed = results.filter(({ problem }) => problem !== undefined)
  return (
    <PageFrame title={t('Add domains')} onBack={onBack}>
      <section className="card" aria-label={t('Result')}>
        <h2>{plural('{count} domain added|{count} domains added', added.length)}</h2>
        {failed.length > 0 ? (
          <>
            <p>{plural('{count} was not added:|{count} were not added:', failed.length)}</p>
            <ul>
              {failed.map(({ address, problem }) => (
                <li key={address}>
                  <strong>{address}</strong>: {problem?.explanation}
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <div className="button-row">
          {added.length > 0 ? (
            <Button
              kind="primary"
              busy={apply.busy}
              onPress={() => {
                onGo({ name: 'apply' })
                void apply.send({ keys: added })
              }}
            >
              {t('Apply their records…')}
            </Button>
          ) : null}
          {failed.length > 0 ? (
            <Button onPress={() => onAgain(failed.map(({ address }) => address))}>{t('Correct the others')}</Button>
          ) : null}
          <Button kind="quiet" onPress={onBack}>
            {t('Close')}
          </Button>
        </div>
      </section>
    </PageFrame>
  )
}
