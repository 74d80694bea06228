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

/** What a kept sandbox must remember beside its store, which holds digests of tokens only. */
export interface Keepsake {
  tsig: TsigKey & { algorithm: 'hmac-sha256' }
  tenants: SandboxTenants
}

/** @throws {Error} when the file is there and cannot be used */
export async function readKeepsake(folder: string): Promise<Keepsake | undefined> {
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
    // The cause would quote the file, which holds tokens.
    throw new Error(
      `${path} is damaged, so the sandbox in this folder cannot be opened. Remove the folder to start anew.`,
    )
  }
}

export async function writeKeepsake(folder: string, keepsake: Keepsake): Promise<void> {
  await writeSecretFile(join(folder, 'sandbox.json'), `${JSON.stringify(keepsake, null, 2)}\n`)
}
