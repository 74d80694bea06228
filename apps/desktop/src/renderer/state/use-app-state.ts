import { useEffect, useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import type { Bridge } from '../../shared/contract/contract.ts'
import type { Place } from '../../shared/deep-link.ts'
import { applyChange, type StateChange } from '../../shared/state-change.ts'

/** The main process's state, as it changes, and the places it asks to go to. Undefined until the first answer. */
export function useAppState(bridge: Bridge, onPlace: (place: Place) => void): AppState | undefined {
  const [state, setState] = useState<AppState>()
  useEffect(() => {
    let known: { readonly state: AppState; readonly number: number } | undefined
    let asking = false
    /** Changes from before the first whole state was here. */
    const early: StateChange[] = []
    const readWhole = async () => {
      if (asking) return
      asking = true
      const answer = await bridge.request('getState')
      asking = false
      if (!answer.ok) return
      known = answer.value
      setState(known.state)
      for (const change of early.splice(0)) onChange(change)
    }
    const onChange = (change: StateChange) => {
      if (!known) return void early.push(change)
      // Sent before the whole state was, which has it.
      if (change.number <= known.number) return
      const next = applyChange(known.state, known.number, change)
      if (!next) return void readWhole()
      known = { state: next, number: change.number }
      setState(next)
    }
    const stop = bridge.listen({ state: onChange, place: onPlace })
    void readWhole()
    return stop
  }, [bridge, onPlace])
  return state
}
