import { useState } from 'react'
import { canEject, type HostedService, type LeaveMode, leavingNeedsConsent, liveCnames } from '../../shared/leaving.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { WeakeningReason } from '../apply/weakening-reason.tsx'
import { Button } from '../parts/button.tsx'
import { DnsText } from '../parts/dns-text.tsx'
import { RadioCards } from '../parts/fields.tsx'
import { isReason } from '../parts/reason-field.tsx'

interface LeaveQuestionProps {
  readonly domain: DomainSummary
  /** Whose end is asked about. */
  readonly services: readonly HostedService[]
  readonly confirmLabel: string
  readonly busy: boolean
  readonly onLeave: (mode: LeaveMode, reason: string) => void
  readonly onCancel: () => void
  readonly cancelLabel: string
}

/** What becomes of the CNAMEs, safest first, and why the protection may end where it does. */
export function LeaveQuestion(props: LeaveQuestionProps) {
  const { domain, services, confirmLabel, busy, onLeave, onCancel, cancelLabel } = props
  const cnames = liveCnames(domain, services.length === 1 ? services[0] : undefined)
  const modes: LeaveMode[] =
    cnames.length === 0
      ? ['keep']
      : services.includes('dmarc') && canEject(domain)
        ? ['eject', 'remove', 'keep']
        : ['remove', 'keep']
  const [mode, setMode] = useState<LeaveMode>(modes[0] ?? 'keep')
  const [reason, setReason] = useState('')
  const needsConsent = leavingNeedsConsent(domain, services, mode)
  return (
    <>
      {cnames.length > 0 ? (
        <>
          <RadioCards
            label={plural('What becomes of the CNAME|What becomes of the {count} CNAMEs', cnames.length)}
            value={mode}
            options={modes.map((value) => ({ value, ...modeWords(value, cnames.length) }))}
            onChange={setMode}
          />
          <ul aria-label={t('CNAMEs')}>
            {cnames.map(({ name }) => (
              <li key={name} className="mono">
                <DnsText text={name} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {needsConsent ? <WeakeningReason value={reason} onChange={setReason} /> : null}
      <div className="button-row">
        <Button
          kind="danger"
          busy={busy}
          disabled={needsConsent && !isReason(reason)}
          onPress={() => onLeave(mode, needsConsent ? reason.trim() : '')}
        >
          {confirmLabel}
        </Button>
        <Button kind="quiet" autoFocus onPress={onCancel}>
          {cancelLabel}
        </Button>
      </div>
    </>
  )
}

function modeWords(mode: LeaveMode, count: number): { label: string; help: string } {
  switch (mode) {
    case 'eject':
      return {
        label: t('Replace it by the record it leads to'),
        help:
          count > 1
            ? t('The DMARC policy stays as it is. The other CNAMEs are removed first.')
            : t('The DMARC policy stays as it is, in your own zone.'),
      }
    case 'remove':
      return {
        label: plural('Remove it first|Remove them first', count),
        help: plural('It does not dangle.|They do not dangle.', count),
      }
    case 'keep':
      return {
        label: plural('Leave it|Leave them', count),
        help: plural(
          'It then leads to a name that no longer exists.|They then lead to names that no longer exist.',
          count,
        ),
      }
  }
}
