import { useEffect, useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { Problem } from '../../shared/problems.ts'
import type { EvidenceLevel } from '../../shared/reports.ts'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useBridge } from '../state/bridge.ts'
import { Level } from './levels.tsx'

/** Whether reports allow one policy, within the question whether to publish it. */
export function EvidenceOf({ domain: { key }, target }: { domain: DomainSummary; target: EvidenceLevel['target'] }) {
  const bridge = useBridge()
  const [level, setLevel] = useState<EvidenceLevel>()
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => {
    let current = true
    void bridge.request('getEvidence', { key, target }).then((answer) => {
      if (!current) return
      if (answer.ok) setLevel(answer.value)
      else setProblem(answer.problem)
    })
    return () => {
      current = false
    }
  }, [bridge, key, target])
  if (problem) return <ProblemCard problem={problem} />
  if (level) return <Level level={level} heading="h4" />
  return (
    <p className="muted" role="status">
      {t('Reading the reports…')}
    </p>
  )
}
