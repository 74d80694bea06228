import { type Finding, formatMtaStsPolicy, hostedMtaStsPolicy, RecordError } from '@dmarc-as-code/records'
import { useState } from 'react'
import { Form } from 'react-aria-components/Form'
import type { DomainSummary } from '../../shared/model.ts'
import { Button } from '../parts/button.tsx'
import { Choices, TextField } from '../parts/fields.tsx'
import { Findings } from '../parts/findings.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { useRequest } from '../state/bridge.ts'

const modes = [
  {
    value: 'testing',
    label: 'Testing',
    help: 'Sending servers report problems and still deliver the mail. Start here.',
  },
  {
    value: 'enforce',
    label: 'Enforce',
    help: 'Sending servers do not deliver mail that they cannot encrypt to your mail hosts.',
  },
  {
    value: 'none',
    label: 'None',
    help: 'Withdraws the policy. Keep this mode until the maximum age has passed before you remove the records.',
  },
] as const

/** The policy file for what is typed, or what is wrong with it. */
export function checkPolicy(mode: string, mx: string, days: string): { file: string; errors: readonly Finding[] } {
  try {
    return { file: formatMtaStsPolicy(hostedMtaStsPolicy({ mode, mx, mxAgeDays: Number(days) })), errors: [] }
  } catch (error) {
    if (error instanceof RecordError) return { file: '', errors: error.findings }
    throw error
  }
}

/** Changes the MTA-STS policy; shows the file as senders will read it. */
export function MtaStsForm({ domain, onDone }: { domain: DomainSummary; onDone: () => void }) {
  const [mode, setMode] = useState(domain.mtaSts?.mode ?? 'testing')
  const [mx, setMx] = useState(domain.mtaSts?.mx.join(', ') ?? '')
  const [days, setDays] = useState(String(domain.mtaSts?.days ?? 7))
  const here = useFocusHere<HTMLFormElement>()
  const save = useRequest('saveMtaStsPolicy')
  const { file, errors } = checkPolicy(mode, mx, days)
  const errorOf = (tag: string) => errors.find((error) => error.tag === tag)?.message
  return (
    <Form
      ref={here}
      className="form"
      aria-label="MTA-STS policy"
      onSubmit={async (event) => {
        event.preventDefault()
        if (errors.length > 0) return
        const hosts = mx.split(',').map((host) => host.trim())
        const saved = await save.send({
          key: domain.key,
          policy: { mode, mx: hosts.filter(Boolean), days: Number(days) },
        })
        if (saved.ok) onDone()
      }}
    >
      <Choices label="Mode" value={mode} options={modes} onChange={setMode} />
      <TextField
        label="Mail hosts"
        value={mx}
        onChange={setMx}
        error={errorOf('mx')}
        help="The hosts in your MX records, separated by commas. *.example.net matches one label."
      />
      <TextField
        label="Maximum age in days"
        value={days}
        onChange={setDays}
        error={errorOf('mx_age')}
        help="How long sending servers cache the policy: 1 to 365 days."
      />
      <div>
        <p className="field-label" id="policy-live">
          Resulting policy file
        </p>
        <output className="mono record-text" aria-labelledby="policy-live">
          {file || 'Shown when the policy is complete.'}
        </output>
      </div>
      <Findings errors={errors.filter((error) => error.tag !== 'mx' && error.tag !== 'mx_age')} warnings={[]} />
      {save.problem ? <ProblemCard problem={save.problem} /> : null}
      <div className="button-row">
        <Button kind="primary" type="submit" busy={save.busy} disabled={errors.length > 0}>
          Publish
        </Button>
        <Button kind="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
    </Form>
  )
}
