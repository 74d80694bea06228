import { Fragment, useEffect, useState } from 'react'
import type { StoredCredentials, StoredState } from '../../shared/credentials.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainState } from '../../shared/model.ts'
import { AccessForm } from '../apply/access-form.tsx'
import { Button } from '../parts/button.tsx'
import { DnsText } from '../parts/dns-text.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { useRequest } from '../state/bridge.ts'

interface Words {
  readonly mark: DomainState
  readonly word: string
  /** What it means, where the word alone does not say. */
  readonly meaning?: string
}

function wordsOf(state: StoredState): Words {
  switch (state) {
    case 'unread':
      return { mark: 'unknown', word: t('Not checked yet') }
    case 'stored':
      return { mark: 'ready', word: t('In the password store') }
    case 'unavailable':
      return { mark: 'unknown', word: t('No password store found') }
    case 'locked':
      return { mark: 'unknown', word: t('The password store is locked') }
    case 'empty':
      return {
        mark: 'attention',
        word: t('Missing from the password store'),
        meaning: t('The next apply asks for the credentials again.'),
      }
    case 'damaged':
      return {
        mark: 'attention',
        word: t('Cannot be read'),
        meaning: t(
          'The password store has an entry for this zone that was not written by this app. Replace or remove it.',
        ),
      }
  }
}

interface CredentialsCardProps {
  readonly kept: StoredCredentials
  /** Whether a plan is open, which ends when credentials are removed. */
  readonly hasPlan: boolean
  readonly onDone: (what: 'removed' | 'replaced') => void
}

/** The credentials kept for one zone: what is known of them, and how to be rid of them. */
export function CredentialsCard({ kept, hasPlan, onDone }: CredentialsCardProps) {
  const { zone, method, serviceTitle, state, details } = kept
  const replace = useRequest('replaceCredentials')
  const remove = useRequest('removeCredentials')
  const [asking, setAsking] = useState<'replace' | 'remove'>()
  const { mark, word, meaning } = wordsOf(state)
  const { dismiss } = remove
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the store can be read again, removing may work again
  useEffect(dismiss, [state])
  return (
    <article className="card" aria-label={t('Credentials for {zone}', { zone })}>
      <header>
        <h3>
          <DnsText text={zone} />
        </h3>
        <span className="with-word">
          <StateMark state={mark} bare />
          {word}
        </span>
      </header>
      <p className="muted">{serviceTitle}</p>
      {meaning ? <p>{meaning}</p> : null}
      {details.length > 0 ? (
        <dl className="values">
          {details.map(({ label, value }) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd className="mono">
                <DnsText text={value} />
              </dd>
            </Fragment>
          ))}
        </dl>
      ) : null}
      {asking === 'replace' ? (
        <AccessForm
          label={t('New credentials for {zone}', { zone })}
          suggested={method}
          submitLabel={t('Save')}
          busy={replace.busy}
          problem={replace.problem}
          onGive={async (given, values) => {
            const replaced = await replace.send({ zone, method: given, values })
            if (!replaced.ok) return
            setAsking(undefined)
            onDone('replaced')
          }}
        >
          <Button
            kind="quiet"
            autoFocus
            onPress={() => {
              replace.dismiss()
              setAsking(undefined)
            }}
          >
            {t('Cancel')}
          </Button>
        </AccessForm>
      ) : null}
      {asking === 'remove' ? (
        <p>
          {t('The next apply to {zone} asks for credentials again.', { zone })}{' '}
          {hasPlan ? `${t('This also closes the open plan.')} ` : ''}
          {t('Undo of earlier changes in this zone then requires them again.')}
        </p>
      ) : null}
      {remove.problem ? <ProblemCard problem={remove.problem} /> : null}
      {asking === 'replace' ? null : (
        <div className="button-row">
          {asking === 'remove' ? (
            <>
              <Button
                kind="danger"
                busy={remove.busy}
                onPress={async () => {
                  const removed = await remove.send({ zone })
                  if (removed.ok) onDone('removed')
                }}
              >
                {t('Remove credentials for {zone}', { zone })}
              </Button>
              <Button
                kind="quiet"
                autoFocus
                onPress={() => {
                  remove.dismiss()
                  setAsking(undefined)
                }}
              >
                {t('Cancel')}
              </Button>
            </>
          ) : (
            <>
              <Button kind="quiet" onPress={() => setAsking('replace')}>
                {state === 'empty' || state === 'damaged' ? t('Enter again') : t('Replace')}
              </Button>
              <Button kind="quiet" onPress={() => setAsking('remove')}>
                {t('Remove')}
              </Button>
            </>
          )}
        </div>
      )}
    </article>
  )
}
