import { type Finding, formatMtaStsPolicy, hostedMtaStsPolicy, RecordError } from '@dmarc-as-code/records'
import { Form } from 'react-aria-components/Form'
import type { Drafts } from '../../shared/drafts.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { policyText } from '../../shared/policy-text.ts'
import { Button } from '../parts/button.tsx'
import { Choices, TextField } from '../parts/fields.tsx'
import { Findings } from '../parts/findings.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { useRequest } from '../state/bridge.ts'
import { useDraft } from '../state/use-draft.ts'
import { ChangeConflict } from './change-conflict.tsx'

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
interface MtaStsFormProps {
  readonly domain: DomainSummary
  readonly drafts: Drafts
  readonly onDone: () => void
}

export function MtaStsForm({ domain, drafts, onDone }: MtaStsFormProps) {
  const published = policyText(domain.mtaSts)
  const { fields, change, base, rebase, discard, isDirty } = useDraft({
    drafts,
    form: 'mta-sts',
    key: domain.key,
    published,
    start: () => ({
      mode: domain.mtaSts?.mode ?? 'testing',
      mx: domain.mtaSts?.mx.join(', ') ?? '',
      days: String(domain.mtaSts?.days ?? 7),
    }),
  })
  const { mode, mx, days } = fields
  const isConflict = isDirty && base !== published
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
        if (errors.length > 0 || isConflict) return
        const hosts = mx.split(',').map((host) => host.trim())
        const saved = await save.send({
          key: domain.key,
          base,
          policy: { mode, mx: hosts.filter(Boolean), days: Number(days) },
        })
        if (!saved.ok) return
        discard()
        onDone()
      }}
    >
      <Choices label="Mode" value={mode} options={modes} onChange={(next) => change({ mode: next })} />
      <TextField
        label="Mail hosts"
        value={mx}
        onChange={(next) => change({ mx: next })}
        error={errorOf('mx')}
        help="The hosts in your MX records, separated by commas. *.example.net matches one label."
      />
      <TextField
        label="Maximum age in days"
        value={days}
        onChange={(next) => change({ days: next })}
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
      {isConflict ? (
        <ChangeConflict
          published={published}
          draft={policyText({ mode, mx: mx.split(',').map((host) => host.trim()), days: Number(days) })}
          onKeep={rebase}
          onDiscard={discard}
        />
      ) : (
        <div className="button-row">
          <Button kind="primary" type="submit" busy={save.busy} disabled={errors.length > 0}>
            Publish
          </Button>
          <Button
            kind="quiet"
            onPress={() => {
              discard()
              onDone()
            }}
          >
            {isDirty ? 'Discard' : 'Cancel'}
          </Button>
        </div>
      )}
    </Form>
  )
}
