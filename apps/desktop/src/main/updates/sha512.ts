import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A file's hash as the description of a release writes it. */
export function sha512(path: string): string {
  return createHash('sha512').update(readFileSync(path)).digest('base64')
}
