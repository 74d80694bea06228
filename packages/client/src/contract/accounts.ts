import * as z from 'zod'
import { id, pageMeta, timestamp } from './values.ts'

export const account = z.object({
  id,
  title: z.string(),
  slug: z.string(),
  user_id: id,
  created_at: timestamp,
  updated_at: timestamp,
  /** Ours: the name of the plan the account is on. */
  plan: z.string().optional(),
})
export type WireAccount = z.output<typeof account>

/** `owned_accounts` and `accounts` (those shared with the user) may both name an account. */
export const accountList = z.object({
  note: z.string(),
  owned_accounts: z.array(account),
  accounts: z.array(account),
  meta: pageMeta('total_accounts').optional(),
})
export type WireAccountList = z.output<typeof accountList>

const title = z.string().trim().min(1).max(255)

export const createAccountBody = z.strictObject({
  account: z.strictObject({ title, user_id: z.string().min(1).optional() }),
})
export type CreateAccountBody = z.output<typeof createAccountBody>

export const updateAccountBody = z.strictObject({ account: z.strictObject({ title: title.optional() }) })
export type UpdateAccountBody = z.output<typeof updateAccountBody>
