import { openStore, type Store } from '../store/open-store.ts'
import { findUserByEmail, type User } from '../store/users.ts'
import { CommandError } from './command-error.ts'
import type { CommandInput } from './commands.ts'
import { configFor } from './config-for.ts'

/** Opens the configured store for one command. Safe beside a running server. */
export async function withStore<T>(
  { values, env }: Pick<CommandInput, 'values' | 'env'>,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore(configFor(values, env).store)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** The value of an option that the command cannot do without. @throws {CommandError} */
export function needed(values: CommandInput['values'], option: string): string {
  const value = values[option]?.trim()
  if (!value) throw new CommandError(`--${option} is missing.`)
  return value
}

/** @throws {CommandError} when nobody has this address */
export async function userOf(store: Store, email: string): Promise<User> {
  const user = await findUserByEmail(store.db, email)
  if (!user) throw new CommandError(`There is no user ${email}. Create one: dmarc-server user create --email ${email}`)
  return user
}
