import type { WireDomainMembership, WireUserMembership } from '@dmarc-as-code/client/contract'
import type { DomainMembership, UserMembership } from '../store/memberships.ts'
import { isoTime } from './domain-answer.ts'

export const membershipAnswer = (membership: DomainMembership): WireDomainMembership => ({
  id: membership.id,
  account_id: membership.account_id,
  domain_id: membership.domain_id,
  timestamp: isoTime(membership.created_at),
})

/** The areas of the product a user may be let into, in the vendor's words. */
export const userAreas = [
  'domains',
  'alerts',
  'domains_reports',
  'plans',
  'profile',
  'reports',
  'subscription',
  'summary',
  'teams',
  'timeline',
  'widgets',
] as const

export function userMembershipAnswer(membership: UserMembership): WireUserMembership {
  const granted: unknown = JSON.parse(membership.areas)
  const may = (area: string) => Array.isArray(granted) && granted.includes(area)
  return {
    id: membership.id,
    account_id: membership.account_id,
    user_id: membership.user_id,
    ...(Object.fromEntries(userAreas.map((area) => [area, may(area)])) as Record<(typeof userAreas)[number], boolean>),
  }
}
