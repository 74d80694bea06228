import { useEffect, useState } from 'react'
import type { AppState, Bridge } from '../../shared/contract.ts'
import type { Place } from '../../shared/deep-link.ts'

/** The main process's state, as it changes, and the places it asks to go to. Undefined until the first answer. */
export function useAppState(bridge: Bridge, onPlace: (place: Place) => void): AppState | undefined {
  const [state, setState] = useState<AppState>()
  useEffect(() => {
    const ends = [bridge.on('state', setState), bridge.on('place', onPlace)]
    void bridge.getState().then((answer) => {
      if (answer.ok) setState(answer.value)
    })
    return () => {
      for (const end of ends) end()
    }
  }, [bridge, onPlace])
  return state
}
