import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { t } from '../../shared/messages/messages.ts'
import { useRequest } from '../state/bridge.ts'
import { Button } from './button.tsx'

/** Copies a text and says so. `what` completes the label: "Copy the target". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { copied, copy } = useCopy()
  return (
    <AriaButton
      className="copy-button"
      aria-label={copied ? t('Copied {what}', { what }) : t('Copy {what}', { what })}
      onPress={() => void copy(text)}
    >
      {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
    </AriaButton>
  )
}

/** The same as a button with words; the text is made when it is pressed. */
export function CopyTextButton({
  children,
  icon,
  text,
  kind = 'plain',
}: {
  children: ReactNode
  icon: ReactNode
  text: () => string
  kind?: 'plain' | 'quiet'
}) {
  const { copied, copy } = useCopy()
  return (
    <Button kind={kind} icon={copied ? <Check size={16} aria-hidden="true" /> : icon} onPress={() => void copy(text())}>
      {copied ? t('Copied') : children}
    </Button>
  )
}

const shownFor = 2000

function useCopy() {
  const request = useRequest('copyText')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownFor)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async (text: string) => {
    await request.send({ text })
    setCopied(true)
  }
  return { copied, copy }
}
