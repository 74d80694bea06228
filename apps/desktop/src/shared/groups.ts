import { possibleMove } from './evidence.ts'
import { t } from './messages/messages.ts'
import type { DomainSummary } from './model.ts'
import { reasonOf } from './reason.ts'
import { stateWord } from './states.ts'

export const groupings = ['next', 'reason', 'tag', 'none'] as const
/** `next`: by what can be done about a domain. */
export type Grouping = (typeof groupings)[number]

export interface DomainGroup {
  readonly id: string
  /** Empty where the list is not grouped. */
  readonly title: string
  readonly domains: readonly DomainSummary[]
}

/** By what a person can do: act, move on, wait, or leave as it is. In the order of the list. */
export const stages = [
  'attention',
  'movable',
  'working',
  'unknown',
  'watching',
  'protected',
  'ready',
  'unhosted',
] as const
export type Stage = (typeof stages)[number]

/** A ready domain is protected only where receivers act on mail that fails; with p=none they only report. */
export function stageOf(domain: Pick<DomainSummary, 'state' | 'policy' | 'evidence'>): Stage {
  const { state, policy } = domain
  if (state !== 'ready' || policy === undefined) return state
  if (possibleMove(domain)) return 'movable'
  return policy === 'none' ? 'watching' : 'protected'
}

export function stageTitle(stage: Stage): string {
  switch (stage) {
    case 'movable':
      return t('Can move on')
    case 'watching':
      return t('Watching')
    case 'protected':
      return t('Protected')
    default:
      return stateWord(stage)
  }
}

/** The domains in groups, each in the order they came in. A domain with several tags is in the group of each. */
export function groupDomains(domains: readonly DomainSummary[], grouping: Grouping): DomainGroup[] {
  switch (grouping) {
    case 'none':
      return domains.length > 0 ? [{ id: 'all', title: '', domains }] : []
    case 'next':
      return grouped(domains, (domain) => [stageOf(domain)], byStage).map(({ id, ...group }) => ({
        ...group,
        id,
        title: stageTitle(id as Stage),
      }))
    case 'reason':
      return grouped(domains, (domain) => [reasonOf(domain) ?? stageTitle(stageOf(domain))], byFirstStage)
    case 'tag':
      return grouped(
        domains,
        ({ tags }) => (tags.length > 0 ? tags.map(({ name }) => name) : [t('No tag')]),
        (a, b) => a.id.localeCompare(b.id),
      )
  }
}

function grouped(
  domains: readonly DomainSummary[],
  idsOf: (domain: DomainSummary) => readonly string[],
  order: (a: DomainGroup, b: DomainGroup) => number,
): DomainGroup[] {
  const groups = new Map<string, DomainSummary[]>()
  for (const domain of domains) {
    for (const id of idsOf(domain)) {
      const group = groups.get(id)
      if (group) group.push(domain)
      else groups.set(id, [domain])
    }
  }
  return [...groups].map(([id, members]) => ({ id, title: id, domains: members })).sort(order)
}

const byStage = (a: DomainGroup, b: DomainGroup) => stages.indexOf(a.id as Stage) - stages.indexOf(b.id as Stage)

const worst = ({ domains }: DomainGroup) => Math.min(...domains.map((domain) => stages.indexOf(stageOf(domain))))

const byFirstStage = (a: DomainGroup, b: DomainGroup) => worst(a) - worst(b) || b.domains.length - a.domains.length
