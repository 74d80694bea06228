import type { ApplyPhase } from '../../shared/apply.ts'

const steps = ['Read', 'Confirm', 'Write', 'Verify'] as const
const reached: Record<ApplyPhase, number> = {
  reading: 0,
  credentials: 0,
  confirm: 1,
  applying: 2,
  verifying: 3,
  done: 4,
  undoing: 2,
  undone: 4,
}

/** Where the job is, of its four steps. */
export function Steps({ phase }: { phase: ApplyPhase }) {
  const current = reached[phase]
  return (
    <ol className="steps" aria-label="Progress">
      {steps.map((step, index) => (
        <li
          key={step}
          className={index < current ? 'step done' : index === current ? 'step now' : 'step'}
          {...(index === current ? { 'aria-current': 'step' } : {})}
        >
          {step}
          {index < current ? <span className="hidden"> done</span> : null}
        </li>
      ))}
    </ol>
  )
}
