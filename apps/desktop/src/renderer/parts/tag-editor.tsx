import { useState } from 'react'
import { Form } from 'react-aria-components/Form'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { tagsInUse } from '../../shared/select.ts'
import { useRequest } from '../state/bridge.ts'
import { Button } from './button.tsx'
import { Checkbox, TextField } from './fields.tsx'
import { KeptInCode } from './kept-in-code.tsx'
import { ProblemCard } from './problem-card.tsx'
import { useFocusHere } from './use-focus-here.ts'

interface TagEditorProps {
  readonly domains: readonly DomainSummary[]
  /** Domains whose tags are offered, too. */
  readonly known: readonly DomainSummary[]
  readonly onDone: () => void
}

/** Adds and removes tags of one domain or several. A tag that only some of them carry stays as it is unless touched. */
export function TagEditor({ domains, known, onDone }: TagEditorProps) {
  const here = useFocusHere<HTMLFormElement>()
  const save = useRequest('tagDomains')
  const [changes, setChanges] = useState<Readonly<Record<string, boolean>>>({})
  const [name, setName] = useState('')
  const isOn = (tag: string) =>
    changes[tag] ?? (domains.length > 0 && domains.every(({ tags }) => tags.some((own) => own.name === tag)))
  const offered = tagsInUse(known)
  const added = name.trim()
  return (
    <Form
      ref={here}
      className="form card tag-editor"
      aria-label={t('Tags')}
      onSubmit={async (event) => {
        event.preventDefault()
        const wanted = { ...changes, ...(added ? { [added]: true } : {}) }
        const saved = await save.send({
          keys: domains.map(({ key }) => key),
          add: Object.keys(wanted).filter((tag) => wanted[tag]),
          remove: Object.keys(wanted).filter((tag) => !wanted[tag]),
        })
        if (saved.ok) onDone()
      }}
    >
      <div className="tag-choices">
        {offered.map((tag) => (
          <Checkbox key={tag} selected={isOn(tag)} onChange={(on) => setChanges({ ...changes, [tag]: on })}>
            {tag}
          </Checkbox>
        ))}
      </div>
      <TextField label={t('New tag')} value={name} onChange={setName} example={t('Production')} />
      <KeptInCode domains={domains} />
      {save.problem ? <ProblemCard problem={save.problem} /> : null}
      <div className="button-row">
        <Button
          kind="primary"
          type="submit"
          busy={save.busy}
          disabled={added === '' && Object.keys(changes).length === 0}
        >
          {t('Save tags')}
        </Button>
        <Button kind="quiet" onPress={onDone}>
          {t('Cancel')}
        </Button>
      </div>
    </Form>
  )
}
