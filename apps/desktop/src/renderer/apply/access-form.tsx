import { type ReactNode, useEffect, useState } from 'react'
import { Form } from 'react-aria-components/Form'
import type { AccessMethod, CredentialField } from '../../shared/apply.ts'
import { t, translateIfKnown } from '../../shared/messages/messages.ts'
import type { Problem } from '../../shared/problems.ts'
import { Button } from '../parts/button.tsx'
import { Choices, TextField } from '../parts/fields.tsx'
import { Picker } from '../parts/picker.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useBridge } from '../state/bridge.ts'

interface AccessFormProps {
  readonly label: string
  /** The method to begin with. */
  readonly suggested: string | undefined
  readonly submitLabel: string
  readonly busy: boolean
  readonly problem: Problem | undefined
  readonly onGive: (method: string, values: Readonly<Record<string, string>>) => void
  /** Further buttons beside the one that gives. */
  readonly children: ReactNode
}

/** An access method and its fields. What is typed goes to the main process, and from there to the password store. */
export function AccessForm({ label, suggested, submitLabel, busy, problem, onGive, children }: AccessFormProps) {
  const bridge = useBridge()
  const [methods, setMethods] = useState<readonly AccessMethod[]>([])
  const [chosen, setChosen] = useState(suggested)
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  useEffect(() => {
    void bridge.request('accessMethods').then((answer) => {
      if (answer.ok) setMethods(answer.value)
    })
  }, [bridge])
  const method = methods.find((each) => each.id === chosen)
  const complete = method?.fields.every(
    (field) => field.optional || field.options || (values[field.name] ?? '').trim() !== '',
  )

  return (
    <Form
      className="form"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        if (!method) return
        onGive(method.id, Object.fromEntries(method.fields.map((field) => [field.name, valueIn(field, values)])))
      }}
    >
      <div className="field">
        <span className="field-label" aria-hidden="true">
          {t('DNS service')}
        </span>
        <Picker
          label={t('DNS service')}
          value={chosen ?? ''}
          options={methods.map((each) => [each.id, each.title] as const)}
          onChange={setChosen}
        />
      </div>
      {method ? <p className="field-help">{translateIfKnown(method.help)}</p> : null}
      {method?.fields.map((field) =>
        field.options ? (
          <Choices
            key={field.name}
            label={translateIfKnown(field.label)}
            value={valueIn(field, values)}
            options={field.options.map((option) => ({ value: option, label: option }))}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ) : (
          <TextField
            key={field.name}
            label={translateIfKnown(field.label)}
            value={values[field.name] ?? ''}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
            secret={field.secret}
            required={!field.optional}
            long={field.long ?? false}
            example={field.example}
          />
        ),
      )}
      {method?.fields.some((field) => isPlainHttp(values[field.name] ?? '')) ? (
        <p className="field-error" role="alert">
          {t('This address uses http, so the API key crosses the network unencrypted. Use https where you can.')}
        </p>
      ) : null}
      {problem ? <ProblemCard problem={problem} /> : null}
      <p className="field-help">{t('Stored only in the password store of this computer.')}</p>
      <div className="button-row">
        <Button kind="primary" type="submit" busy={busy} disabled={!complete}>
          {submitLabel}
        </Button>
        {children}
      </div>
    </Form>
  )
}

/** An unencrypted address of another computer. */
function isPlainHttp(value: string): boolean {
  if (!/^http:\/\//i.test(value.trim()) || !URL.canParse(value)) return false
  const { hostname } = new URL(value)
  return hostname !== 'localhost' && hostname !== '[::1]' && !hostname.startsWith('127.')
}

function valueIn(field: CredentialField, values: Readonly<Record<string, string>>): string {
  return (values[field.name] ?? '').trim() || (field.options?.[0] ?? '')
}
