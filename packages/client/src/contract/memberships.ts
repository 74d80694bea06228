import * as z from 'zod'
import { id, timestamp } from './values.ts'

/** A domain's place in an account. The vendor's `timestamp` is null in every example. */
export const domainMembership = z.object({ id, account_id: id, domain_id: id, timestamp: timestamp.nullable() })
export type WireDomainMembership = z.output<typeof domainMembership>

export const domainMembershipEntry = domainMembership.extend({ account_title: z.string(), domain_address: z.string() })
export type WireDomainMembershipEntry = z.output<typeof domainMembershipEntry>

export const domainMembershipList = z.object({
  owner_email: z.string(),
  account_managements: z.array(domainMembershipEntry),
})
export type WireDomainMembershipList = z.output<typeof domainMembershipList>

/** The account is named in the path and in the body; the vendor's body has it as text. */
export const addDomainMembershipsBody = z.strictObject({
  domain_account: z.strictObject({
    account_attributes: z.strictObject({
      id: z.union([z.string().min(1), id.transform(String)]),
      domain_ids: z.array(z.union([id, z.string().regex(/^\d+$/).transform(Number)])).min(1),
    }),
  }),
})
export type AddDomainMembershipsBody = z.output<typeof addDomainMembershipsBody>

/** The vendor answers with one membership. Ours answers with the first, and with all of them beside it. */
export const addedDomainMemberships = domainMembership.extend({ account_managements: z.array(domainMembership) })
export type WireAddedDomainMemberships = z.output<typeof addedDomainMemberships>

export const userMembership = z.object({
  id,
  account_id: id,
  user_id: id,
  domains: z.boolean(),
  alerts: z.boolean(),
  domains_reports: z.boolean(),
  plans: z.boolean(),
  profile: z.boolean(),
  reports: z.boolean(),
  subscription: z.boolean(),
  summary: z.boolean(),
  teams: z.boolean(),
  timeline: z.boolean(),
  widgets: z.boolean(),
})
export type WireUserMembership = z.output<typeof userMembership>

export const userMembershipList = z.object({
  account_owner_email: z.string(),
  user_accounts: z.array(userMembership),
})
export type WireUserMembershipList = z.output<typeof userMembershipList>
