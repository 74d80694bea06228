import { type Finding, formatMtaStsPolicy, hostedMtaStsPolicy, RecordError } from '@dmarc-as-code/records'
import { Form } from 'react-aria-components/Form'
import type { Drafts } from '../../shared/drafts.ts'
import { findingText } from '../../shared/messages/finding-text.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { policyText } from '../../shared/policy-text.ts'
import { mtaStsNeedsConsent } from '../../shared/publishing.ts'
import { Button } from '../parts/button.tsx'
import { Choices, TextField } from '../parts/fields.tsx'
import { Findings } from '../parts/findings.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { useRequest } from '../state/bridge.ts'
import { useDraft } from '../state/use-draft.ts'
import { ChangeConflict } from './change-conflict.tsx'
import { ConfirmPolicy } from './confirm-policy.tsx'
import { usePublishing } from './use-publishing.tsx'

const modes = () => [
  {
    value: 'testing',
    label: t('Testing'),
    help: t('Sending servers report problems and still deliver the mail. Start here.'),
  },
  {
    value: 'enforce',
    label: t('Enforce'),
    help: t('Sending servers do not deliver mail that they cannot encrypt to your mail hosts.'),
  },
  {
    value: 'none',
    label: t('None'),
    help: t('Withdraws the policy. Keep this mode until the maximum age has passed before you remove the records.'),
  },
]

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
  const policy = { mode, mx: mx.split(',').flatMap((host) => (host.trim() ? [host.trim()] : [])), days: Number(days) }
  const needsConsent = file !== '' && mtaStsNeedsConsent(domain, policy)
  const { publish, asking, setAsking, problem, riskQuestion } = usePublishing({
    text: file,
    request: save,
    send: (why) => save.send({ key: domain.key, base, policy, ...why }),
    onPublished: () => {
      discard()
      onDone()
    },
  })
  const errorOf = (tag: string) => {
    const error = errors.find((each) => each.tag === tag)
    return error && findingText(error)
  }
  return (
    <Form
      ref={here}
      className="form"
      aria-label={t('MTA-STS policy')}
      onSubmit={(event) => {
        event.preventDefault()
        if (errors.length > 0 || isConflict) return
        if (needsConsent || domain.managedBy) setAsking(true)
        else void publish('')
      }}
    >
      <Choices label={t('Mode')} value={mode} options={modes()} onChange={(next) => change({ mode: next })} />
      <TextField
        label={t('Mail hosts')}
        value={mx}
        onChange={(next) => change({ mx: next })}
        error={errorOf('mx')}
        help={t('The hosts in your MX records, separated by commas. *.example.net matches one label.')}
      />
      <TextField
        label={t('Maximum age in days')}
        value={days}
        onChange={(next) => change({ days: next })}
        error={errorOf('mx_age')}
        help={t('How long sending servers cache the policy: 1 to 365 days.')}
      />
      <div>
        <p className="field-label" id="policy-live">
          {t('Resulting policy file')}
        </p>
        <output className="mono record-text" aria-labelledby="policy-live">
          {file || t('Shown when the policy is complete.')}
        </output>
      </div>
      <Findings errors={errors.filter((error) => error.tag !== 'mx' && error.tag !== 'mx_age')} warnings={[]} />
      {problem ? <ProblemCard problem={problem} /> : null}
      {isConflict ? (
        <ChangeConflict published={published} draft={policyText(policy)} onKeep={rebase} onDiscard={discard} />
      ) : riskQuestion ? (
        riskQuestion
      ) : asking ? (
        <ConfirmPolicy
          title={t('Publish this policy for {domain}?', { domain: domain.title })}
          reasons={[]}
          domain={domain}
          needsConsent={needsConsent}
          busy={save.busy}
          onConfirm={(reason) => void publish(reason)}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div className="button-row">
          <Button kind="primary" type="submit" busy={save.busy} disabled={errors.length > 0}>
            {t('Publish')}
          </Button>
          <Button
            kind="quiet"
            onPress={() => {
              discard()
              onDone()
            }}
          >
            {isDirty ? t('Discard') : t('Cancel')}
          </Button>
        </div>
      )}
    </Form>
  )
}
