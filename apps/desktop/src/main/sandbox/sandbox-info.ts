import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { SandboxInfo } from '../../sandbox/protocol.ts'
import { ProblemError } from '../../shared/problems.ts'
import { stubZoneSchema } from '../../shared/stub-zone.ts'
import { isLoopback } from '../watch/connection-watch.ts'

const text = z.string().min(1)

// The token and the key of a sandbox are trusted without asking anybody, so they may only ever lead to this computer.
const schema: z.ZodType<SandboxInfo> = z.object({
  apiUrl: z.url().refine(isLoopback, 'is not a loopback address'),
  token: text,
  accountId: z.number().int(),
  customerZones: z.array(text),
  dns: z.object({
    address: text.refine((address) => address === '::1' || address.startsWith('127.'), 'is not a loopback address'),
    port: z.number().int().min(1).max(65535),
  }),
  tsig: z.object({ name: text, algorithm: text, secret: text }),
  stubZones: z.array(stubZoneSchema),
})

/**
 * Reads how to reach a running sandbox from the JSON file that its owner wrote for this start of the app. Throws
 * `sandbox-unreadable`; what the file holds is not repeated, as it is secret.
 */
export function readSandboxInfo(path: string): SandboxInfo {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw unreadable(path, code ? `it cannot be read (${code})` : 'it is not JSON', error)
  }
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw unreadable(path, `${issue?.path.join('.') || 'the whole'}: ${issue?.message}`, parsed.error)
}

function unreadable(path: string, why: string, cause: unknown): ProblemError {
  return new ProblemError('sandbox-unreadable', `The file ${path} is not a valid sandbox description: ${why}.`, {
    cause,
  })
}
