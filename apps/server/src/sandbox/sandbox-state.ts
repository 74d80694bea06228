import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TsigKey } from '@dmarc-as-code/dns/rfc2136'
import * as z from 'zod'
import { writeSecretFile } from '../certificates/secret-file.ts'
import type { SandboxTenants } from './seed.ts'

const tenant = z.object({ accountId: z.int(), token: z.string() })

const schema = z.object({
  tsig: z.object({ name: z.string(), algorithm: z.literal('hmac-sha256'), secret: z.string() }),
  tenants: z.object({ owner: tenant, readOnlyToken: z.string(), freeAccount: tenant, otherTenant: tenant }),
})

/** What a persistent sandbox keeps beside its store, which holds only hashes of tokens. */
export interface SandboxState {
  tsig: TsigKey & { algorithm: 'hmac-sha256' }
  tenants: SandboxTenants
}

/** @throws {Error} when the file exists and is damaged */
export async function readSandboxState(folder: string): Promise<SandboxState | undefined> {
  const path = join(folder, 'sandbox.json')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    // The cause would quote the file, which contains tokens.
    throw new Error(
      `${path} is damaged, so the sandbox in this folder cannot be opened. Remove the folder to create a new one.`,
    )
  }
}

export async function writeSandboxState(folder: string, state: SandboxState): Promise<void> {
  await writeSecretFile(join(folder, 'sandbox.json'), `${JSON.stringify(state, null, 2)}\n`)
}
