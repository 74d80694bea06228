import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { Button } from './button.tsx'
import { KeptInCode } from './kept-in-code.tsx'
import { useFocusHere } from './use-focus-here.ts'

interface ConfirmInCodeProps {
  readonly title: string
  readonly domains: readonly DomainSummary[]
  readonly busy: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before a change that code would change back, where the change asks for nothing else. */
export function ConfirmInCode({ title, domains, busy, onConfirm, onCancel }: ConfirmInCodeProps) {
  const here = useFocusHere<HTMLElement>()
  return (
    <section ref={here} className="confirmation" aria-label={title}>
      <h3>{title}</h3>
      <KeptInCode domains={domains} />
      <div className="button-row">
        <Button kind="danger" busy={busy} onPress={onConfirm}>
          {t('Change it here anyway')}
        </Button>
        <Button kind="quiet" autoFocus onPress={onCancel}>
          {t('Cancel')}
        </Button>
      </div>
    </section>
  )
}
