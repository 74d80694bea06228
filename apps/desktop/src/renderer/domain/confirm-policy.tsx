import type { Finding } from '@dmarc-as-code/records'
import { Button } from '../parts/button.tsx'
import { Message } from '../parts/message.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'

interface ConfirmPolicyProps {
  readonly title: string
  readonly reasons: readonly Finding[]
  readonly busy: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before a change of policy that can cost mail or protection. */
export function ConfirmPolicy({ title, reasons, busy, onConfirm, onCancel }: ConfirmPolicyProps) {
  const here = useFocusHere<HTMLElement>()
  return (
    <section ref={here} className="confirmation" aria-label={title}>
      <h4>{title}</h4>
      {reasons.map(({ code, message }) => (
        <p key={code}>
          <Message text={message} />
        </p>
      ))}
      <div className="button-row">
        <Button kind="danger" busy={busy} onPress={onConfirm}>
          Publish anyway
        </Button>
        <Button kind="quiet" autoFocus onPress={onCancel}>
          Keep editing
        </Button>
      </div>
    </section>
  )
}
