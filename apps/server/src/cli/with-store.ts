import { type Db, openStore, type Store } from '../store/open-store.ts'
import { findUserByEmail, type User } from '../store/users.ts'
import type { CommandInput } from './command.ts'
import { CommandError } from './command-error.ts'
import { configFor } from './config-for.ts'

/** Opens the configured store for one command. Safe while a server is running. */
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

/** @throws {CommandError} when there is no such user */
export async function userOf(db: Db, email: string): Promise<User> {
  const user = await findUserByEmail(db, email)
  if (!user)
    throw new CommandError(`There is no user ${email}. Create it with: dmarc-server user create --email ${email}`)
  return user
}
