import type { DomainState } from '../../shared/model.ts'
import { stateWord } from '../../shared/states.ts'

/** `movable`: a ready domain whose reports allow its next policy. */
type Mark = DomainState | 'movable'

const shapes: Record<Mark, React.ReactNode> = {
  ready: (
    <>
      <circle cx="8" cy="8" r="7" className="body" />
      <path d="M4.8 8.3 7 10.5l4.2-4.7" className="mark" />
    </>
  ),
  movable: (
    <>
      <circle cx="8" cy="8" r="7" className="body" />
      <path d="M8 11.4V5M5.2 7.6 8 4.8l2.8 2.8" className="mark" />
    </>
  ),
  attention: (
    <>
      <path d="M8 1.4 15.2 14.2H.8Z" className="body" strokeLinejoin="round" />
      <path d="M8 6.2v3.4M8 11.8v.1" className="mark" />
    </>
  ),
  working: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="4" className="body" />
      <path d="M4.6 8h.1M8 8h.1M11.4 8h.1" className="mark" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.4" className="ring dashed" />
      <path d="M6.3 6.4A1.8 1.8 0 1 1 8 8.6v.6M8 11.4v.1" className="ink" />
    </>
  ),
  unhosted: (
    <>
      <circle cx="8" cy="8" r="6.4" className="ring" />
      <path d="M5 8h6" className="ink" />
    </>
  ),
}

/** A state as shape, colour and word. With `bare` the word is left to the text beside it; `word` says it more exactly. */
export function StateMark({ state, bare = false, word }: { state: Mark; bare?: boolean; word?: string }) {
  return (
    <span className={`state state-${state}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {shapes[state]}
      </svg>
      {bare ? null : <span>{word ?? stateWord(state === 'movable' ? 'ready' : state)}</span>}
    </span>
  )
}
