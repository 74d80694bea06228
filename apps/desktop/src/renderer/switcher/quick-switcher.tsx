import { Suspense, useEffect, useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import { SwitcherDialog } from '../lazy-parts.ts'
import type { Page } from '../state/navigation.ts'

/** Ctrl+K: the dialog that leads anywhere. */
export function QuickSwitcher({ state, onGo }: { state: AppState; onGo: (page: Page) => void }) {
  const [isOpen, setOpen] = useState<boolean>()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  // Not before it was opened once; from then on it closes by itself, which gives the focus back.
  return isOpen === undefined ? null : (
    <Suspense>
      <SwitcherDialog domains={state.domains} isOpen={isOpen} onOpenChange={setOpen} onGo={onGo} />
    </Suspense>
  )
}
