import { useCallback, useEffect, useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { Problem } from '../../shared/problems.ts'
import { nextLevel, type ReportsView } from '../../shared/reports.ts'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useBridge } from '../state/bridge.ts'
import { Candidates } from './candidates.tsx'
import { FailingSources } from './failing-sources.tsx'
import { Levels } from './levels.tsx'
import { NextStep } from './next-step.tsx'
import { ReportChart } from './report-chart.tsx'
import { ReportProblems } from './report-problems.tsx'
import { SourceCounts, TlsSessions, WhatWillBeLost } from './side-cards.tsx'

/** What reports say: whether the policy can be tightened, who sends, and the few senders that a person has to answer for. */
export function EvidenceSection({ domain }: { domain: DomainSummary }) {
  const { view, problem, reload } = useReports(domain)
  if (problem) return <ProblemCard problem={problem} onAction={reload} />
  if (!view) {
    return (
      <p className="muted" role="status">
        {t('Reading the reports…')}
      </p>
    )
  }
  const next = nextLevel(view, domain.policy)
  return (
    <>
      <NextStep domain={domain} view={view} next={next} onMoved={reload} />
      <div className="reports-columns">
        <div className="reports-main">
          <ReportChart days={view.days} />
          <Candidates domain={domain} view={view} onAnswered={reload} />
          <FailingSources domain={domain} sources={view.failing} />
          <ReportProblems domain={domain} view={view} onChanged={reload} />
        </div>
        <div className="reports-side">
          <Levels view={view} policy={domain.policy} />
          <WhatWillBeLost view={view} policy={domain.policy} />
          <SourceCounts view={view} />
          <TlsSessions view={view} />
        </div>
      </div>
    </>
  )
}

/** Read when the tab is opened, and again when something was answered or the domain has changed. */
function useReports({ key, updatedAt, policy }: DomainSummary) {
  const bridge = useBridge()
  const [view, setView] = useState<ReportsView>()
  const [problem, setProblem] = useState<Problem>()
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was answered, and a changed domain, change the evidence
  useEffect(() => {
    let current = true
    void bridge.request('getReports', { key }).then((answer) => {
      if (!current) return
      if (answer.ok) setView(answer.value)
      setProblem(answer.ok ? undefined : answer.problem)
    })
    return () => {
      current = false
    }
  }, [bridge, key, updatedAt, policy, asked])
  const reload = useCallback(() => setAsked((count) => count + 1), [])
  return { view, problem, reload }
}
