import { type UserMembershipArea, userMembershipAreas } from '../enumerations.ts'
import { flag, integer, type Json, text, unwrap } from '../read/json.ts'
import { readEntries } from '../read/page.ts'

/** A domain's place in an account. */
export interface DomainMembership {
  /** Number of the membership, not of the domain. */
  id: number
  /** The account that the domain is in. */
  account_id: number
  /** The domain. */
  domain_id: number
  /** Null in every example of the vendor. */
  timestamp: string | null
  /** In lists only. */
  account_title?: string
  /** The domain name, where the server tells. */
  domain_address?: string
}

/** The domains of an account. */
export interface DomainMemberships {
  /** Owner of the account, where the server tells. */
  owner_email?: string
  /** One for each domain. */
  memberships: DomainMembership[]
}

/** A user's place in an account, with a boolean per area. */
export type UserMembership = { id: number; account_id: number; user_id: number } & Record<UserMembershipArea, boolean>

/** The users of an account. */
export interface UserMemberships {
  /** Owner of the account, where the server tells. */
  account_owner_email?: string
  /** One for each user. */
  memberships: UserMembership[]
}

export function readDomainMembership(value: unknown): DomainMembership | undefined {
  const raw = unwrap(value, 'domain_account', isMembership)
  const [id, account, domain] = [integer(raw?.id), integer(raw?.account_id), integer(raw?.domain_id)]
  if (!raw || id === undefined || account === undefined || domain === undefined) return undefined
  return { ...raw, id, account_id: account, domain_id: domain, timestamp: text(raw.timestamp) ?? null }
}

/** Adding answers one membership at the vendor; all of them where the server lists them. */
export function readAddedMemberships(value: unknown): DomainMembership[] | undefined {
  const all = readEntries(value, 'account_managements')?.flatMap((entry) => readDomainMembership(entry) ?? [])
  if (all && all.length > 0) return all
  const one = readDomainMembership(value)
  return one && [one]
}

export function readUserMembership(value: unknown): UserMembership | undefined {
  const raw = unwrap(value, 'user_account', isMembership)
  const [id, account, user] = [integer(raw?.id), integer(raw?.account_id), integer(raw?.user_id)]
  if (!raw || id === undefined || account === undefined || user === undefined) return undefined
  const areas = Object.fromEntries(userMembershipAreas.map((area) => [area, flag(raw[area]) ?? false]))
  return { ...raw, ...(areas as Record<UserMembershipArea, boolean>), id, account_id: account, user_id: user }
}

const isMembership = (object: Json) => 'id' in object && 'account_id' in object
