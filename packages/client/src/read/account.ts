import { asList, asObject, integer, type Json, text, unwrap } from './json.ts'

/** An account: a group of domains with its own users. */
export interface Account {
  /** Number of the account. */
  id: number
  /** Name that people see; need not be unique. */
  title: string
  /** Usable in place of the id. */
  slug: string
  /** The owner. */
  user_id?: number
  /** ISO 8601, UTC. */
  created_at?: string
  /** ISO 8601, UTC. */
  updated_at?: string
  /** Whether the user owns it; false for one shared with the user, undefined when the answer does not tell. */
  owned?: boolean
}

export function readAccount(value: unknown): Account | undefined {
  const raw = unwrap(value, 'account', isAccount)
  const id = integer(raw?.id)
  const title = text(raw?.title)
  return raw && id !== undefined && title !== undefined
    ? { ...raw, id, title, slug: text(raw.slug) ?? String(id) }
    : undefined
}

/** Owned accounts and shared ones; the same account may be in both lists, and then it is an owned one. Undefined stands for an entry that is none. */
export function readAccounts(value: unknown): (Account | undefined)[] | undefined {
  if (Array.isArray(value)) return value.map(readAccount)
  const raw = asObject(value)
  const top = asObject(raw?.data) ?? raw
  if (!top || !('accounts' in top || 'owned_accounts' in top)) return undefined
  const read = (key: string, owned: boolean) => {
    // What stands there and is no list, such as null, does not say that there are none.
    const list = key in top ? asList(top[key]) : []
    return list?.map((entry) => {
      const account = readAccount(entry)
      return account && { ...account, owned }
    })
  }
  const [owned, shared] = [read('owned_accounts', true), read('accounts', false)]
  const ids = new Set(owned?.map((account) => account?.id))
  return owned && shared && [...owned, ...shared.filter((account) => !account || !ids.has(account.id))]
}

const isAccount = (object: Json) => 'id' in object && 'title' in object
