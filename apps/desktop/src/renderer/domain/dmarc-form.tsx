import { Form } from 'react-aria-components/Form'
import type { Drafts } from '../../shared/drafts.ts'
import { unprovenPolicy } from '../../shared/evidence.ts'
import { findingText } from '../../shared/messages/finding-text.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { dmarcNeedsConsent } from '../../shared/publishing.ts'
import { Button } from '../parts/button.tsx'
import { Checkbox, Choices, TextField } from '../parts/fields.tsx'
import { Findings } from '../parts/findings.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { useRequest } from '../state/bridge.ts'
import { useDraft } from '../state/use-draft.ts'
import { ChangeConflict } from './change-conflict.tsx'
import { ConfirmPolicy } from './confirm-policy.tsx'
import { checkDraft, type DmarcDraft, draftOf } from './dmarc-draft.ts'
import { usePublishing } from './use-publishing.tsx'

const policies = () =>
  [
    { value: 'none', label: t('None'), help: t('Reports only. Mail that fails is delivered as usual.') },
    { value: 'quarantine', label: t('Quarantine'), help: t('Mail that fails goes to the spam folder.') },
    { value: 'reject', label: t('Reject'), help: t('Mail that fails is rejected.') },
  ] as const
const subdomainPolicies = () =>
  [{ value: '', label: t('Same'), help: t('The same policy as the domain itself.') }, ...policies()] as const

/** Changes the hosted DMARC record; shows the record and its findings while it is edited. */
interface DmarcFormProps {
  readonly domain: DomainSummary
  readonly drafts: Drafts
  /** The service receives reports, and says whether they allow a policy. */
  readonly hasReports: boolean
  readonly onDone: () => void
}

/** Changes that cost mail or protection when they are wrong; they are confirmed. */
const risky: readonly string[] = ['advice-two-steps', 'advice-subdomain-jump', 'advice-protection-lowered']

export function DmarcForm({ domain, drafts, hasReports, onDone }: DmarcFormProps) {
  const present = domain.dmarcRecord ?? ''
  const own = domain.defaultDmarcRecord ?? present
  const {
    fields: draft,
    change: set,
    base,
    rebase,
    discard,
    isDirty,
  } = useDraft<DmarcDraft>({
    drafts,
    form: 'dmarc',
    key: domain.key,
    published: present,
    start: () => draftOf(present, own),
  })
  const here = useFocusHere<HTMLFormElement>()
  const save = useRequest('saveDmarcPolicy')
  const { record, errors, warnings } = checkDraft(draft, present, own, domain.parked)
  const risks = warnings.filter(({ code }) => risky.includes(code))
  const isConflict = isDirty && base !== present
  const needsConsent = dmarcNeedsConsent(domain, record)
  const unproven = hasReports && !domain.parked ? unprovenPolicy(domain, draft.p) : undefined
  const { publish, asking, setAsking, problem, riskQuestion } = usePublishing({
    text: record,
    request: save,
    send: (why) => save.send({ key: domain.key, record, base, ...why }),
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
      aria-label={t('DMARC policy')}
      onSubmit={(event) => {
        event.preventDefault()
        if (errors.length > 0 || isConflict) return
        if (risks.length > 0 || needsConsent || unproven || domain.managedBy) setAsking(true)
        else void publish('')
      }}
    >
      <Choices
        label={t('Policy for mail that fails DMARC')}
        value={draft.p}
        options={policies()}
        disabled={domain.parked}
        onChange={(p) => set({ p })}
      />
      <Choices
        label={t('Policy for subdomains')}
        value={draft.sp}
        options={subdomainPolicies()}
        disabled={domain.parked}
        onChange={(sp) => set({ sp })}
      />
      <Checkbox selected={draft.testMode} disabled={domain.parked} onChange={(testMode) => set({ testMode })}>
        {t('Test mode: receivers apply the next weaker policy')}
      </Checkbox>
      <Checkbox selected={draft.strictDkim} onChange={(strictDkim) => set({ strictDkim })}>
        {t('Strict DKIM alignment: the domains must match exactly')}
      </Checkbox>
      <Checkbox selected={draft.strictSpf} onChange={(strictSpf) => set({ strictSpf })}>
        {t('Strict SPF alignment: the domains must match exactly')}
      </Checkbox>
      <TextField
        label={t('Additional addresses for aggregate reports')}
        value={draft.rua}
        onChange={(rua) => set({ rua })}
        error={errorOf('rua')}
        help={t('The address of the service is always included.')}
      />
      <TextField
        label={t('Additional addresses for failure reports')}
        value={draft.ruf}
        onChange={(ruf) => set({ ruf })}
        error={errorOf('ruf')}
      />
      <div>
        <p className="field-label" id="dmarc-live">
          {t('Resulting record')}
        </p>
        <output className="mono record-text" aria-labelledby="dmarc-live">
          {record}
        </output>
      </div>
      <Findings errors={errors.filter((error) => error.tag !== 'rua' && error.tag !== 'ruf')} warnings={warnings} />
      {problem ? <ProblemCard problem={problem} /> : null}
      {isConflict ? (
        <ChangeConflict published={present} draft={record} onKeep={rebase} onDiscard={discard} />
      ) : riskQuestion ? (
        riskQuestion
      ) : asking ? (
        <ConfirmPolicy
          title={t('Publish this policy for {domain}?', { domain: domain.title })}
          reasons={risks}
          domain={domain}
          needsConsent={needsConsent}
          unproven={unproven}
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
