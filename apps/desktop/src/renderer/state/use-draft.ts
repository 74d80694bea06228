import { useCallback, useState } from 'react'
import { type DraftForm, type Drafts, draftId } from '../../shared/drafts.ts'
import { useBridge } from './bridge.ts'

interface DraftState<Fields> {
  readonly fields: Fields
  readonly change: (change: Partial<Fields>) => void
  /** What the draft was begun on. */
  readonly base: string
  /** Continues on what is published now. */
  readonly rebase: () => void
  /** Whether something was typed that is not published. */
  readonly isDirty: boolean
  readonly discard: () => void
}

interface DraftOptions<Fields> {
  readonly drafts: Drafts
  readonly form: DraftForm
  readonly key?: string
  /** What is published now. */
  readonly published: string
  /** The fields for what is published. */
  readonly start: () => Fields
}

/** The fields of a form. They survive navigation, Escape and a closed window, until published or discarded. */
export function useDraft<Fields extends object>(options: DraftOptions<Fields>): DraftState<Fields> {
  const { drafts, form, key, published, start } = options
  const bridge = useBridge()
  const id = draftId(form, key)
  const [state, setState] = useState(() => {
    const stored = drafts[id]
    const fields = stored && parse<Fields>(stored.fields)
    return fields ? { base: stored.base, fields: { ...start(), ...fields }, isDirty: true } : begin(start, published)
  })
  const keep = useCallback(
    (base: string, fields: Fields) => {
      setState({ base, fields, isDirty: true })
      void bridge.request('saveDraft', { id, base, fields: JSON.stringify(fields) })
    },
    [bridge, id],
  )
  return {
    ...state,
    change: (change) => keep(state.base, { ...state.fields, ...change }),
    rebase: () => keep(published, state.fields),
    discard: () => {
      setState(begin(start, published))
      void bridge.request('discardDraft', { id })
    },
  }
}

function begin<Fields>(start: () => Fields, published: string) {
  return { base: published, fields: start(), isDirty: false }
}

function parse<Fields>(text: string): Partial<Fields> | undefined {
  try {
    return JSON.parse(text) as Partial<Fields>
  } catch {
    return undefined
  }
}
