import { useEffect } from 'react'
import type { Bridge } from '../../shared/contract/contract.ts'
import type { Page } from './navigation.ts'

/** The keys of the whole window. Those of a field, such as a question mark that is typed, stay with the field. */
export function useShortcuts(bridge: Bridge, onGo: (page: Page) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = actionOf(event)
      if (!action || event.defaultPrevented) return
      event.preventDefault()
      if (action === 'search') document.querySelector<HTMLInputElement>('.filters input')?.focus()
      else if (action === 'check') void bridge.request('checkNow')
      else onGo({ name: action })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [bridge, onGo])
}

function actionOf(event: KeyboardEvent): 'search' | 'check' | 'add-domain' | 'shortcuts' | undefined {
  const { key, ctrlKey, metaKey, altKey, target } = event
  if (altKey) return undefined
  if (ctrlKey || metaKey) {
    switch (key.toLowerCase()) {
      case 'f':
        return 'search'
      case 'r':
        return 'check'
      case 'n':
        return 'add-domain'
      default:
        return undefined
    }
  }
  const isTyping = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  return key === '?' && !isTyping ? 'shortcuts' : undefined
}
