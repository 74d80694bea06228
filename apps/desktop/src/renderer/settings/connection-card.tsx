import { useState } from 'react'
import { Form } from 'react-aria-components/Form'
import { t } from '../../shared/messages/messages.ts'
import type { ConnectionView } from '../../shared/model.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/fields.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { T } from '../parts/text.tsx'
import { Time } from '../parts/time.tsx'
import { useRequest } from '../state/bridge.ts'

/** One connected service: how it answers, and its token. */
export function ConnectionCard({ connection }: { connection: ConnectionView }) {
  const { id, title, baseUrl, kind, problem, limited, lastSuccessAt } = connection
  const replace = useRequest('replaceToken')
  const remove = useRequest('removeConnection')
  const check = useRequest('checkNow')
  const [token, setToken] = useState('')
  const asked = problem?.action === 'enter-token'
  const [open, setOpen] = useState(false)
  const [leaving, setLeaving] = useState(false)
  return (
    <article className="card" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <span className="with-word">
          <StateMark state={problem ? 'attention' : lastSuccessAt ? 'ready' : 'unknown'} bare />
          {problem ? problem.title : lastSuccessAt ? t('Connected') : t('Not checked yet')}
        </span>
      </header>
      <p className="mono muted">{baseUrl}</p>
      {lastSuccessAt ? (
        <p className="muted">
          <T text="Last successful check {time}" time={<Time at={lastSuccessAt} />} />
        </p>
      ) : null}
      {kind === 'sandbox' ? <p className="muted">{t('Runs on this computer until you quit the app.')}</p> : null}
      {limited && !problem ? (
        <p className="muted">
          {t('The token can read domains, but not verify or change them.')} {limited.explanation}
        </p>
      ) : null}
      {problem ? (
        <ProblemCard problem={problem} busy={check.busy} onAction={asked ? undefined : () => void check.send()} />
      ) : null}
      {(asked || open) && kind !== 'sandbox' ? (
        <Form
          className="form"
          aria-label={t('Token for {title}', { title })}
          onSubmit={async (event) => {
            event.preventDefault()
            const replaced = await replace.send({ connectionId: id, token })
            if (!replaced.ok) return
            setToken('')
            setOpen(false)
          }}
        >
          <TextField label={t('API token')} value={token} onChange={setToken} secret required autoFocus={open} />
          {replace.problem ? <ProblemCard problem={replace.problem} /> : null}
          <Button kind="primary" type="submit" busy={replace.busy} disabled={token.trim() === ''}>
            {t('Save token')}
          </Button>
        </Form>
      ) : null}
      <div className="button-row">
        {kind === 'sandbox' || asked || open ? null : (
          <Button kind="quiet" onPress={() => setOpen(true)}>
            {t('Replace token')}
          </Button>
        )}
        {leaving ? (
          <>
            <Button kind="danger" busy={remove.busy} onPress={() => void remove.send({ connectionId: id })}>
              {t('Remove {title}', { title })}
            </Button>
            <Button kind="quiet" autoFocus onPress={() => setLeaving(false)}>
              {t('Cancel')}
            </Button>
          </>
        ) : (
          <Button kind="quiet" onPress={() => setLeaving(true)}>
            {t('Remove')}
          </Button>
        )}
      </div>
    </article>
  )
}
