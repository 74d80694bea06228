import { LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import { t } from '../../shared/messages/messages.ts'

interface ButtonProps {
  readonly children: ReactNode
  readonly onPress?: () => void
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly type?: 'button' | 'submit'
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly icon?: ReactNode
  /** Takes the focus when it appears, in place of something that had it. */
  readonly autoFocus?: boolean
  /** For buttons with nothing but an icon. */
  readonly label?: string
}

export function Button({
  children,
  onPress,
  kind = 'plain',
  type = 'button',
  busy = false,
  disabled = false,
  icon,
  autoFocus = false,
  label,
}: ButtonProps) {
  return (
    <AriaButton
      className={`button ${kind}`}
      type={type}
      isPending={busy}
      isDisabled={disabled}
      autoFocus={autoFocus}
      {...(onPress ? { onPress } : {})}
      {...(label ? { 'aria-label': label } : {})}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </AriaButton>
  )
}

/** A round button with an icon only; the label is read out and shown on hover. */
export function IconButton({
  icon,
  label,
  onPress,
  busy = false,
}: {
  icon: ReactNode
  label: string
  onPress: () => void
  busy?: boolean
}) {
  return (
    <AriaButton className="icon-button" aria-label={label} onPress={onPress} isPending={busy}>
      {busy ? <Spinner /> : icon}
      <span className="tip" aria-hidden="true">
        {label}
      </span>
    </AriaButton>
  )
}

/** Turns while the button's work goes on; the button announces it by this name. */
function Spinner() {
  return (
    <ProgressBar aria-label={t('working')} isIndeterminate className="spinner">
      <LoaderCircle className="spin" size={16} aria-hidden="true" />
    </ProgressBar>
  )
}
