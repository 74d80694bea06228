import { isUniqueViolation } from './unique-violation.ts'

/** A row changed after it was read, so the decision based on it no longer holds. The transaction is repeated. */
export class StaleError extends Error {
  constructor(what: string) {
    super(`${what} was changed concurrently. Try again.`)
    this.name = 'StaleError'
  }
}

/** SQLite and PostgreSQL: a referenced row was deleted; PostgreSQL: serialization failure, deadlock. */
const repeatableCodes = new Set(['SQLITE_CONSTRAINT_FOREIGNKEY', '23503', '40001', '40P01'])

/** Whether a transaction failed only because of a concurrent one, so that repeating it can succeed. */
export function isConflict(error: unknown): boolean {
  if (error instanceof StaleError) return true
  return error instanceof Error && 'code' in error && repeatableCodes.has(String(error.code))
}

const attempts = 10

/** Repeats the work while it fails because of concurrent transactions; at most ten attempts. */
export async function retryOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isConflict(error) || attempt === attempts) throw error
    }
  }
}

/** Repeats the work when a concurrent request took the same slug; at most ten attempts. */
export async function retryOnCollision<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === attempts) throw error
    }
  }
}
