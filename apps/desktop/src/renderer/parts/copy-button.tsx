import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useRequest } from '../state/bridge.ts'

/** Copies a text and says so. `what` completes the label: "Copy the target". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const copy = useRequest('copyText')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button
      className="copy-button"
      aria-label={copied ? `Copied ${what}` : `Copy ${what}`}
      onPress={async () => {
        await copy.send({ text })
        setCopied(true)
      }}
    >
      {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
    </Button>
  )
}
