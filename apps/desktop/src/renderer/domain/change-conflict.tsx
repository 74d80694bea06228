import { Button } from '../parts/button.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'

interface ChangeConflictProps {
  readonly published: string
  readonly draft: string
  readonly onKeep: () => void
  readonly onDiscard: () => void
}

/** Somebody changed what is being edited. Shows both; nothing is published until the person decides. */
export function ChangeConflict({ published, draft, onKeep, onDiscard }: ChangeConflictProps) {
  const here = useFocusHere<HTMLElement>()
  return (
    <section ref={here} className="confirmation" role="alert" aria-label="Changed meanwhile">
      <h4>This was changed since you started editing</h4>
      <p className="field-label">Published now</p>
      <p className="mono record-text">{published || 'nothing'}</p>
      <p className="field-label">Your draft</p>
      <p className="mono record-text">{draft}</p>
      <div className="button-row">
        <Button onPress={onKeep}>Keep my draft</Button>
        <Button kind="quiet" onPress={onDiscard}>
          Discard my draft
        </Button>
      </div>
    </section>
  )
}
