import { stageOf, stageTitle } from '../../shared/groups.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { reasonOf } from '../../shared/reason.ts'
import { stateWord } from '../../shared/states.ts'
import { CheckMark } from '../parts/check-mark.tsx'
import { PolicyChip } from '../parts/policy-chip.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { TagMark } from '../parts/tag-mark.tsx'
import { Time } from '../parts/time.tsx'

const shownTags = 2

/** One domain: state, name, the one reason in words, and the policy in force. Tags and age where there is room. */
export function DomainRow({ domain, picking }: { domain: DomainSummary; picking: boolean }) {
  const { title, tags, state, checkedAt, policy } = domain
  const isMovable = stageOf(domain) === 'movable'
  return (
    <>
      {picking ? (
        <span className="pick" aria-hidden="true">
          <CheckMark />
        </span>
      ) : null}
      <StateMark state={isMovable ? 'movable' : state} bare />
      <span className="domain-title" title={title}>
        {title}
      </span>
      <span className="hidden">{isMovable ? stageTitle('movable') : stateWord(state)}</span>
      <span className="domain-note">{reasonOf(domain)}</span>
      <span className="domain-tags">
        {tags.slice(0, shownTags).map((tag) => (
          <TagMark key={tag.id} tag={tag} />
        ))}
      </span>
      <span className="domain-age">{checkedAt ? <Time at={checkedAt} /> : null}</span>
      <PolicyChip policy={policy} />
    </>
  )
}
