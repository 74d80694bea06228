import { Fragment, useEffect, useState } from 'react'
import type { StoredCredentials, StoredState } from '../../shared/credentials.ts'
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

const words: Record<StoredState, Words> = {
  unread: { mark: 'unknown', word: 'Not checked yet' },
  stored: { mark: 'ready', word: 'In the password store' },
  unavailable: { mark: 'unknown', word: 'No password store found' },
  locked: { mark: 'unknown', word: 'The password store is locked' },
  empty: {
    mark: 'attention',
    word: 'Missing from the password store',
    meaning: 'The next apply asks for the credentials again.',
  },
  damaged: {
    mark: 'attention',
    word: 'Cannot be read',
    meaning: 'The password store has an entry for this zone that was not written by this app. Replace or remove it.',
  },
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
  const { mark, word, meaning } = words[state]
  const { dismiss } = remove
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the store can be read again, removing may work again
  useEffect(dismiss, [state])
  return (
    <article className="card" aria-label={`Credentials for ${zone}`}>
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
          label={`New credentials for ${zone}`}
          suggested={method}
          submitLabel="Save"
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
            Cancel
          </Button>
        </AccessForm>
      ) : null}
      {asking === 'remove' ? (
        <p>
          The next apply to {zone} asks for credentials again.
          {hasPlan ? ' This also closes the open plan.' : ''} Undo of earlier changes in this zone then requires them
          again.
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
                Remove credentials for {zone}
              </Button>
              <Button
                kind="quiet"
                autoFocus
                onPress={() => {
                  remove.dismiss()
                  setAsking(undefined)
                }}
              >
                Cancel
              </Button>
            </>
          ) : (
            <>
              <Button kind="quiet" onPress={() => setAsking('replace')}>
                {state === 'empty' || state === 'damaged' ? 'Enter again' : 'Replace'}
              </Button>
              <Button kind="quiet" onPress={() => setAsking('remove')}>
                Remove
              </Button>
            </>
          )}
        </div>
      )}
    </article>
  )
}
