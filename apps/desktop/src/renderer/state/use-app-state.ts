import { useEffect, useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import type { Bridge } from '../../shared/contract/contract.ts'
import type { Place } from '../../shared/deep-link.ts'

/** The main process's state, as it changes, and the places it asks to go to. Undefined until the first answer. */
export function useAppState(bridge: Bridge, onPlace: (place: Place) => void): AppState | undefined {
  const [state, setState] = useState<AppState>()
  useEffect(() => {
    const stop = bridge.listen({ state: setState, place: onPlace })
    void bridge.request('getState').then((answer) => {
      if (answer.ok) setState(answer.value)
    })
    return stop
  }, [bridge, onPlace])
  return state
}
