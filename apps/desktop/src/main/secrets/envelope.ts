import { createHash } from 'node:crypto'

/**
 * What is put into the password store: the value with a version and a check sum, so that an entry cut short by a store
 * with a size limit, or written by something else under our name, is seen as damaged and never sent as a token.
 */
export function seal(value: string): string {
  return `dw1:${digest(value)}:${value}`
}

/** The value, or undefined when the text is not a whole envelope. */
export function unseal(text: string): string | undefined {
  const match = /^dw1:([0-9a-f]{16}):(.*)$/s.exec(text)
  const value = match?.[2]
  return value !== undefined && digest(value) === match?.[1] ? value : undefined
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 16)
}
