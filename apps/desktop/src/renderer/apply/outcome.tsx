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
  right: { icon: <Check {...icon} />, word: 'Already right', tone: 'good' },
  conflict: { icon: <TriangleAlert {...icon} />, word: 'Something is in the way', tone: 'warn' },
  blocked: { icon: <Ban {...icon} />, word: 'Cannot be written here', tone: 'warn' },
}

const toAdd: Look = { icon: <Plus {...icon} />, word: 'To be added', tone: 'busy' }

const outcomes: Record<ItemOutcome, Look> = {
  waiting: { icon: <CircleDashed {...icon} />, word: 'Not touched', tone: 'calm' },
  writing: { icon: <PenLine {...icon} />, word: 'Being written', tone: 'busy' },
  written: { icon: <LoaderCircle {...icon} className="spin" />, word: 'Written, being verified', tone: 'busy' },
  verified: { icon: <Check {...icon} />, word: 'Verified', tone: 'good' },
  kept: { icon: <Ban {...icon} />, word: 'Left as it is', tone: 'calm' },
  failed: { icon: <X {...icon} />, word: 'Failed', tone: 'bad' },
  undone: { icon: <Undo2 {...icon} />, word: 'Put back', tone: 'calm' },
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
