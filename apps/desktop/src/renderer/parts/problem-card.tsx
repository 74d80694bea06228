import { CircleAlert } from 'lucide-react'
import type { Problem } from '../../shared/problems.ts'
import { Button } from './button.tsx'
import { Message } from './message.tsx'

interface ProblemCardProps {
  readonly problem: Problem
  /** What the entry's button does; without it there is no button. */
  readonly onAction?: (() => void) | undefined
  readonly busy?: boolean
}

/** An entry of the catalogue on screen: what happened, why, what to do, and the way on. */
export function ProblemCard({ problem, onAction, busy = false }: ProblemCardProps) {
  return (
    <section className="problem" role="alert">
      <CircleAlert size={18} aria-hidden="true" />
      <div>
        <h2>{problem.title}</h2>
        <p>
          <Message text={problem.explanation} />
        </p>
        <ul>
          {problem.steps.map((step) => (
            <li key={step}>
              <Message text={step} />
            </li>
          ))}
        </ul>
        {onAction && problem.action !== 'none' ? (
          <Button onPress={onAction} busy={busy}>
            {problem.actionLabel}
          </Button>
        ) : null}
      </div>
    </section>
  )
}
