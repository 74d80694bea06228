import { useEffect, useState } from 'react'
import { Form } from 'react-aria-components/Form'
import type { AccessMethod, CredentialField, ZoneAccess } from '../../shared/apply.ts'
import { Picker } from '../overview/filters.tsx'
import { Button } from '../parts/button.tsx'
import { Choices, TextField } from '../parts/fields.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useBridge, useRequest } from '../state/bridge.ts'

/** Asks once for the way into a zone. What is typed goes to the main process and from there to the password store. */
export function CredentialsForm({ zone, others }: { zone: ZoneAccess; others: number }) {
  const bridge = useBridge()
  const give = useRequest('giveCredentials')
  const byHand = useRequest('pasteByHand')
  const [methods, setMethods] = useState<readonly AccessMethod[]>([])
  const [chosen, setChosen] = useState(zone.suggested)
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  useEffect(() => {
    void bridge.accessMethods().then((answer) => {
      if (answer.ok) setMethods(answer.value)
    })
  }, [bridge])
  const method = methods.find((each) => each.id === chosen)
  const complete = method?.fields.every(
    (field) => field.optional || field.options || (values[field.name] ?? '').trim() !== '',
  )

  return (
    <section className="card" aria-labelledby="credentials-heading">
      <header>
        <h2 id="credentials-heading">Access to {zone.zone}</h2>
      </header>
      <p>
        The zone is run by <strong>{zone.serviceTitle}</strong>.{' '}
        {others > 0
          ? `${others} more ${others === 1 ? 'domain needs' : 'domains need'} credentials; the same ones are tried there.`
          : null}
      </p>
      <Form
        className="form"
        aria-label="DNS credentials"
        onSubmit={(event) => {
          event.preventDefault()
          if (!method) return
          const trimmed = Object.fromEntries(method.fields.map((field) => [field.name, valueIn(field, values)]))
          void give.send({ zone: zone.zone, method: method.id, values: trimmed })
        }}
      >
        <div className="field">
          <span className="field-label" aria-hidden="true">
            DNS service
          </span>
          <Picker
            label="DNS service"
            value={chosen ?? ''}
            options={methods.map((each) => [each.id, each.title] as const)}
            onChange={setChosen}
          />
        </div>
        {method ? <p className="field-help">{method.help}</p> : null}
        {method?.fields.map((field) =>
          field.options ? (
            <Choices
              key={field.name}
              label={field.label}
              value={valueIn(field, values)}
              options={field.options.map((option) => ({ value: option, label: option }))}
              onChange={(value) => setValues({ ...values, [field.name]: value })}
            />
          ) : (
            <TextField
              key={field.name}
              label={field.label}
              value={values[field.name] ?? ''}
              onChange={(value) => setValues({ ...values, [field.name]: value })}
              secret={field.secret}
              required={!field.optional}
              long={field.long ?? false}
              example={field.example}
            />
          ),
        )}
        {give.problem ? <ProblemCard problem={give.problem} /> : null}
        <p className="field-help">Kept in the password store of this computer, nowhere else.</p>
        <div className="button-row">
          <Button kind="primary" type="submit" busy={give.busy} disabled={!complete}>
            Continue
          </Button>
          <Button kind="quiet" busy={byHand.busy} onPress={() => void byHand.send({ zone: zone.zone })}>
            Show me the lines instead
          </Button>
        </div>
      </Form>
    </section>
  )
}

function valueIn(field: CredentialField, values: Readonly<Record<string, string>>): string {
  return (values[field.name] ?? '').trim() || (field.options?.[0] ?? '')
}
