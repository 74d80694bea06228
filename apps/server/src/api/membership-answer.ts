import {
  type UserMembershipArea,
  userMembershipAreas,
  type WireDomainMembership,
  type WireUserMembership,
} from '@dmarc-as-code/client/contract'
import type { DomainMembership, UserMembership } from '../store/memberships.ts'
import { isoTime } from './iso-time.ts'

export const membershipAnswer = (membership: DomainMembership): WireDomainMembership => ({
  id: membership.id,
  account_id: membership.account_id,
  domain_id: membership.domain_id,
  timestamp: isoTime(membership.created_at),
})

export function userMembershipAnswer(membership: UserMembership): WireUserMembership {
  const granted: unknown = JSON.parse(membership.areas)
  const may = (area: string) => Array.isArray(granted) && granted.includes(area)
  return {
    id: membership.id,
    account_id: membership.account_id,
    user_id: membership.user_id,
    ...(Object.fromEntries(userMembershipAreas.map((area) => [area, may(area)])) as Record<
      UserMembershipArea,
      boolean
    >),
  }
}
