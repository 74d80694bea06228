import { Ban, Check, CircleDashed, LoaderCircle, PenLine, Plus, TriangleAlert, Undo2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ApplyPhase, ItemOutcome, PlanItem } from '../../shared/apply.ts'

interface Look {
  readonly icon: ReactNode
  readonly word: string
  readonly tone: 'good' | 'busy' | 'warn' | 'bad' | 'calm'
}

const icon = { size: 14, 'aria-hidden': true } as const

const planned: Record<PlanItem['action'], Look> = {
  create: { icon: <Plus {...icon} />, word: 'Will be created', tone: 'busy' },
  right: { icon: <Check {...icon} />, word: 'Already correct', tone: 'good' },
  conflict: { icon: <TriangleAlert {...icon} />, word: 'Conflict', tone: 'warn' },
  blocked: { icon: <Ban {...icon} />, word: 'Cannot be changed here', tone: 'warn' },
}

const toAdd: Look = { icon: <Plus {...icon} />, word: 'To be added', tone: 'busy' }

const outcomes: Record<ItemOutcome, Look> = {
  waiting: { icon: <CircleDashed {...icon} />, word: 'Not changed', tone: 'calm' },
  writing: { icon: <PenLine {...icon} />, word: 'Writing', tone: 'busy' },
  written: { icon: <LoaderCircle {...icon} className="spin" />, word: 'Written, verifying', tone: 'busy' },
  verified: { icon: <Check {...icon} />, word: 'Verified', tone: 'good' },
  kept: { icon: <Ban {...icon} />, word: 'Kept', tone: 'calm' },
  failed: { icon: <X {...icon} />, word: 'Failed', tone: 'bad' },
  undone: { icon: <Undo2 {...icon} />, word: 'Restored', tone: 'calm' },
}

/** What will become, or became, of one record. */
export function Outcome({ item, phase, manual }: { item: PlanItem; phase: ApplyPhase; manual: boolean }) {
  const look = presentationOf(item, phase, manual)
  return (
    <span className={`outcome ${look.tone}`}>
      {look.icon}
      {look.word}
    </span>
  )
}

function presentationOf(item: PlanItem, phase: ApplyPhase, manual: boolean): Look {
  const before = phase === 'reading' || phase === 'credentials' || phase === 'confirm'
  if (item.outcome === 'waiting' && (before || item.action === 'right')) {
    return manual && item.action === 'create' ? toAdd : planned[item.action]
  }
  return outcomes[item.outcome]
}
