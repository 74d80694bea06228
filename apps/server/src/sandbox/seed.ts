import type { TokenPrivilege } from '@dmarc-as-code/client/contract'
import type { PlanName } from '../rules/plans.ts'
import { newSlugSuffix } from '../rules/secrets.ts'
import { createAccount } from '../store/accounts.ts'
import type { Store } from '../store/open-store.ts'
import { createTag } from '../store/tags.ts'
import { createToken } from '../store/tokens.ts'
import { createUser } from '../store/users.ts'
import type { SandboxTenant } from './options.ts'

/** The users of a sandbox and their tokens. */
export interface SandboxTenants {
  /** On the standard plan: hosting, and parked domains. */
  owner: SandboxTenant
  /** For the owner's account, with read access only. */
  readOnlyToken: string
  /** Another user's, on the free plan: one domain, no hosting. */
  freeAccount: SandboxTenant
  /** Another user's, on the standard plan, without access to the owner's account. */
  otherTenant: SandboxTenant
}

const TAGS = [
  { name: 'production', color: '#1F883D' },
  { name: 'marketing', color: '#8250DF' },
  { name: 'parked', color: '#6E7781' },
]

/** Fills an empty store with users, accounts, tokens and tags. */
export async function seed(store: Store, now: number): Promise<SandboxTenants> {
  const owner = await createTenant(store, { email: 'owner@sandbox.test', title: 'Sandbox', plan: 'standard' }, now)
  for (const tag of TAGS) await createTag(store.db, { userId: owner.userId, ...tag, now })
  return {
    owner: { accountId: owner.accountId, token: owner.token },
    readOnlyToken: await tokenFor(store, owner.userId, 'read-only', ['read'], now),
    freeAccount: await tenant(store, { email: 'free@sandbox.test', title: 'Free', plan: 'free' }, now),
    otherTenant: await tenant(store, { email: 'other@sandbox.test', title: 'Other', plan: 'standard' }, now),
  }
}

interface Person {
  email: string
  title: string
  plan: PlanName
}

async function tenant(store: Store, person: Person, now: number): Promise<SandboxTenant> {
  const { accountId, token } = await createTenant(store, person, now)
  return { accountId, token }
}

async function createTenant(store: Store, { email, title, plan }: Person, now: number) {
  const user = await createUser(store.db, { email, plan, now })
  const account = await createAccount(store.db, { userId: user.id, title, now, suffix: () => newSlugSuffix() })
  const token = await tokenFor(store, user.id, 'sandbox', ['read', 'write', 'verify'], now)
  return { userId: user.id, accountId: account.id, token }
}

async function tokenFor(
  store: Store,
  userId: number,
  name: string,
  privileges: readonly TokenPrivilege[],
  now: number,
): Promise<string> {
  const { token } = await createToken(store.db, { userId, accountId: null, name, privileges, now })
  return token
}
