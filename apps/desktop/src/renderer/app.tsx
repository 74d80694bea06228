import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import type { AppState } from '../shared/contract/app-state.ts'
import type { Bridge } from '../shared/contract/contract.ts'
import type { Place } from '../shared/deep-link.ts'
import { setLanguage } from '../shared/messages/messages.ts'
import {
  ActivityPage,
  AddDomainPage,
  ApplyPage,
  DomainPage,
  SettingsPage,
  ShortcutsPage,
  Welcome,
} from './lazy-parts.ts'
import { Overview } from './overview/overview.tsx'
import { Skeleton } from './overview/skeleton.tsx'
import { BridgeContext } from './state/bridge.ts'
import { GoContext } from './state/go.ts'
import { type Page, pageOf, reachable } from './state/navigation.ts'
import { useAppState } from './state/use-app-state.ts'
import { useBackGestures } from './state/use-back-gestures.ts'
import { useFocusRecovery } from './state/use-focus-recovery.ts'
import { useShortcuts } from './state/use-shortcuts.ts'
import { QuickSwitcher } from './switcher/quick-switcher.tsx'

interface AppProps {
  readonly bridge: Bridge
  /** Called once, when what the main process knows is on screen. */
  readonly onShown?: () => void
}

/** The window: the list, and one page beside it where there is room, or in its place. */
export function App({ bridge, onShown }: AppProps) {
  const [page, setPage] = useState<Page>({ name: 'overview' })
  const [place, setPlace] = useState<Place>()
  const state = useAppState(bridge, setPlace)
  useEffect(() => {
    if (!place || !state?.loaded) return
    setPage(pageOf(place, state))
    setPlace(undefined)
  }, [place, state])
  const back = useCallback(() => setPage({ name: 'overview' }), [])
  useVisiblePage(bridge, page)
  useFocusRecovery()
  useBackGestures(back)
  useShortcuts(bridge, setPage)
  useCloseKey(bridge, page.name === 'overview')
  const isShown = state !== undefined
  useEffect(() => {
    if (isShown) onShown?.()
  }, [isShown, onShown])

  // Before anything of this state is drawn; another language draws everything anew.
  if (state) setLanguage(state.language)

  return (
    <BridgeContext value={bridge}>
      <GoContext value={setPage}>
        {state ? <Shell key={state.language} state={state} page={page} onGo={setPage} onBack={back} /> : <Skeleton />}
      </GoContext>
    </BridgeContext>
  )
}

interface ShellProps {
  readonly state: AppState
  readonly page: Page
  readonly onGo: (page: Page) => void
  readonly onBack: () => void
}

function Shell({ state, page: wanted, onGo, onBack }: ShellProps) {
  const page = useArrived(wanted, state)
  if (state.loaded && state.connections.length === 0 && page.name !== 'settings')
    return (
      <Suspense>
        <Welcome notice={state.notice} onSettings={() => onGo({ name: 'settings' })} />
      </Suspense>
    )
  const current = page.name === 'domain' ? page.key : undefined
  return (
    <main className={`shell ${page.name === 'overview' ? 'at-overview' : 'at-page'}`}>
      <Overview
        state={state}
        current={current}
        isBeside={page.name !== 'overview'}
        atSettings={page.name === 'settings'}
        onGo={onGo}
      />
      <Suspense>
        <PageView state={state} page={page} onGo={onGo} onBack={onBack} />
      </Suspense>
      <QuickSwitcher state={state} onGo={onGo} />
    </main>
  )
}

function PageView({ state, page, onGo, onBack }: ShellProps) {
  switch (page.name) {
    case 'domain': {
      const domain = state.domains.find((each) => each.key === page.key)
      return domain ? (
        <DomainPage key={page.key} state={state} domain={domain} page={page} onGo={onGo} onBack={onBack} />
      ) : null
    }
    case 'apply':
      return state.job ? <ApplyPage job={state.job} onBack={onBack} /> : <Skeleton />
    case 'activity':
      return <ActivityPage state={state} onBack={onBack} />
    case 'settings':
      return <SettingsPage state={state} onBack={onBack} />
    case 'add-domain':
      return <AddDomainPage state={state} onGo={onGo} onBack={onBack} />
    case 'shortcuts':
      return <ShortcutsPage onBack={onBack} />
    case 'overview':
      return null
  }
}

/**
 * The page, as long as its subject is there. The plan of an apply comes a moment after its page was opened, so that page
 * is left only when a plan that was there is closed.
 */
function useArrived(page: Page, state: AppState): Page {
  const hadJob = useRef(false)
  if (page.name !== 'apply') hadJob.current = false
  else if (state.job) hadJob.current = true
  return page.name === 'apply' && !state.job && !hadJob.current ? page : reachable(page, state)
}

/** Reports what is on screen: the list is beside every page where there is room. */
function useVisiblePage(bridge: Bridge, page: Page): void {
  const key = page.name === 'domain' ? page.key : ''
  const name = page.name === 'overview' ? 'list' : page.name === 'domain' ? 'domain' : 'other'
  useEffect(() => {
    void bridge.request('setVisiblePage', { page: name, key })
  }, [bridge, name, key])
}

/** Escape in the list closes the window, as people expect of a window under a tray icon. */
function useCloseKey(bridge: Bridge, active: boolean): void {
  useEffect(() => {
    if (!active) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) void bridge.request('hideWindow')
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [bridge, active])
}
