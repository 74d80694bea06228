import { createContext, useCallback, useContext, useState } from 'react'
import type { Arguments, Bridge, Output, RequestName } from '../../shared/contract/contract.ts'
import { type Problem, problem } from '../../shared/problems.ts'

export const BridgeContext = createContext<Bridge | undefined>(undefined)

export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext)
  if (!bridge) throw new Error('there is no bridge around this component')
  return bridge
}

interface RequestState<Name extends RequestName> {
  /** Sends the request. A failure is not thrown: `problem` explains it. */
  readonly send: (...input: Arguments<Name>) => Promise<Sent<Name>>
  readonly busy: boolean
  readonly problem: Problem | undefined
  readonly dismiss: () => void
}

type Sent<Name extends RequestName> = { readonly ok: true; readonly value: Output<Name> } | { readonly ok: false }

/** One request of the page, with what a button needs to know of it. */
export function useRequest<Name extends RequestName>(name: Name): RequestState<Name> {
  const bridge = useBridge()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Problem>()
  const send = useCallback(
    async (...input: Arguments<Name>): Promise<Sent<Name>> => {
      setBusy(true)
      setFailure(undefined)
      try {
        const answer = await bridge.request(name, ...input)
        if (answer.ok) return answer
        setFailure(answer.problem)
      } catch (error) {
        setFailure(problem('unexpected', error instanceof Error ? error.message : 'The window lost its connection.'))
      } finally {
        setBusy(false)
      }
      return { ok: false }
    },
    [bridge, name],
  )
  return { send, busy, problem: failure, dismiss: () => setFailure(undefined) }
}
