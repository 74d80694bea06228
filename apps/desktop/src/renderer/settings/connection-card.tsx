import { useState } from 'react'
import { Form } from 'react-aria-components/Form'
import type { ConnectionView } from '../../shared/model.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/fields.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { StateMark } from '../parts/state-mark.tsx'
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
          {problem ? problem.title : lastSuccessAt ? 'Connected' : 'Not checked yet'}
        </span>
      </header>
      <p className="mono muted">{baseUrl}</p>
      {lastSuccessAt ? (
        <p className="muted">
          Last successful check <Time at={lastSuccessAt} />
        </p>
      ) : null}
      {kind === 'sandbox' ? <p className="muted">Runs on this computer until you quit the app.</p> : null}
      {limited && !problem ? (
        <p className="muted">The token can read domains, but not verify or change them. {limited.explanation}</p>
      ) : null}
      {problem ? (
        <ProblemCard problem={problem} busy={check.busy} onAction={asked ? undefined : () => void check.send()} />
      ) : null}
      {(asked || open) && kind !== 'sandbox' ? (
        <Form
          className="form"
          aria-label={`Token for ${title}`}
          onSubmit={async (event) => {
            event.preventDefault()
            const replaced = await replace.send({ connectionId: id, token })
            if (!replaced.ok) return
            setToken('')
            setOpen(false)
          }}
        >
          <TextField label="API token" value={token} onChange={setToken} secret required autoFocus={open} />
          {replace.problem ? <ProblemCard problem={replace.problem} /> : null}
          <Button kind="primary" type="submit" busy={replace.busy} disabled={token.trim() === ''}>
            Save token
          </Button>
        </Form>
      ) : null}
      <div className="button-row">
        {kind === 'sandbox' || asked || open ? null : (
          <Button kind="quiet" onPress={() => setOpen(true)}>
            Replace token
          </Button>
        )}
        {leaving ? (
          <>
            <Button kind="danger" busy={remove.busy} onPress={() => void remove.send({ connectionId: id })}>
              Remove {title}
            </Button>
            <Button kind="quiet" autoFocus onPress={() => setLeaving(false)}>
              Cancel
            </Button>
          </>
        ) : (
          <Button kind="quiet" onPress={() => setLeaving(true)}>
            Remove
          </Button>
        )}
      </div>
    </article>
  )
}
