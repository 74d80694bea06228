import { Ban, Check, CircleDashed, LoaderCircle, PenLine, Plus, Replace, TriangleAlert, Undo2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ApplyPhase, ItemOutcome, PlanItem } from '../../shared/apply.ts'
import { t } from '../../shared/messages/messages.ts'

interface Look {
  readonly icon: ReactNode
  readonly word: string
  readonly tone: 'good' | 'busy' | 'warn' | 'bad' | 'calm'
}

const icon = { size: 14, 'aria-hidden': true } as const

interface OutcomeProps {
  readonly item: PlanItem
  readonly phase: ApplyPhase
  readonly manual: boolean
  /** Whether the record is written if the plan is applied as decided. */
  readonly isChosen: boolean
}

/** What will become, or became, of one record. */
export function Outcome(props: OutcomeProps) {
  const look = presentationOf(props)
  return (
    <span className={`outcome ${look.tone}`}>
      {look.icon}
      {look.word}
    </span>
  )
}

function presentationOf({ item, phase, manual, isChosen }: OutcomeProps): Look {
  const before = phase === 'reading' || phase === 'credentials' || phase === 'confirm'
  if (item.outcome === 'waiting' && (before || item.action === 'right'))
    return manual && item.action === 'create'
      ? { icon: <Plus {...icon} />, word: t('To be added'), tone: 'busy' }
      : planned(item.action, isChosen)
  return outcome(item.outcome)
}

function planned(action: PlanItem['action'], isChosen: boolean): Look {
  switch (action) {
    case 'create':
      return isChosen
        ? { icon: <Plus {...icon} />, word: t('Will be created'), tone: 'busy' }
        : { icon: <CircleDashed {...icon} />, word: t('Not changed'), tone: 'calm' }
    case 'right':
      return { icon: <Check {...icon} />, word: t('Already correct'), tone: 'good' }
    case 'conflict':
      return isChosen
        ? { icon: <Replace {...icon} />, word: t('Will be replaced'), tone: 'busy' }
        : { icon: <TriangleAlert {...icon} />, word: t('Conflict'), tone: 'warn' }
    case 'blocked':
      return { icon: <Ban {...icon} />, word: t('Cannot be changed here'), tone: 'warn' }
  }
}

function outcome(of: ItemOutcome): Look {
  switch (of) {
    case 'waiting':
      return { icon: <CircleDashed {...icon} />, word: t('Not changed'), tone: 'calm' }
    case 'writing':
      return { icon: <PenLine {...icon} />, word: t('Writing'), tone: 'busy' }
    case 'written':
      return { icon: <LoaderCircle {...icon} className="spin" />, word: t('Written, verifying'), tone: 'busy' }
    case 'verified':
      return { icon: <Check {...icon} />, word: t('Verified'), tone: 'good' }
    case 'kept':
      return { icon: <Ban {...icon} />, word: t('Kept'), tone: 'calm' }
    case 'failed':
      return { icon: <X {...icon} />, word: t('Failed'), tone: 'bad' }
    case 'undone':
      return { icon: <Undo2 {...icon} />, word: t('Restored'), tone: 'calm' }
  }
}
