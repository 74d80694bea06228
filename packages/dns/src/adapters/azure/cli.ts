import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { AzureConfig } from '../../services/azure.ts'
import { isObject } from '../shape.ts'
import type { AzureAuthContext, AzureSource } from './source.ts'

/** Whoever is signed in to the `az` command. */
export function cliToken(
  { tenantId }: AzureConfig,
  resource: string,
  { run = runProgram, clock }: AzureAuthContext,
): AzureSource {
  return {
    title: 'the az command',
    name: 'AzureCliCredential',
    group: 'dev',
    async ask(signal) {
      const args = ['account', 'get-access-token', '--resource', resource, '--output', 'json']
      if (tenantId) args.push('--tenant', tenantId)
      let answer: unknown
      try {
        answer = JSON.parse(await run(process.platform === 'win32' ? 'az.cmd' : 'az', args, signal))
      } catch (error) {
        signal?.throwIfAborted()
        // What az writes is left out: it may hold the token.
        return { lacks: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'not installed' : 'gave no token' }
      }
      if (!isObject(answer) || typeof answer.accessToken !== 'string') return { lacks: 'gave no token' }
      // `expires_on` (seconds) is there since az 2.54; `expiresOn` is local time without a zone, and is not used.
      const expires = Number(answer.expires_on)
      return { value: answer.accessToken, expiresAt: Number.isNaN(expires) ? clock() + 300_000 : expires * 1000 }
    },
  }
}

async function runProgram(program: string, args: string[], signal: AbortSignal | undefined): Promise<string> {
  const options = { timeout: 30_000, ...(signal ? { signal } : {}), shell: program.endsWith('.cmd') }
  return (await promisify(execFile)(program, args, options)).stdout
}
