import type { Tag } from '../../shared/model.ts'

/** A tag, with its colour as a dot: text on any colour a person may choose could not be read. */
export function TagMark({ tag }: { tag: Tag }) {
  return (
    <span className="tag">
      <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
        <circle cx="4" cy="4" r="4" fill={tag.color} />
      </svg>
      {tag.name}
    </span>
  )
}
