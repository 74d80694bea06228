import { DiagnosticError } from '@dmarc-as-code/terraform-plugin'
import type { DnsServiceName } from './service-fields.ts'

/** Runs work on a DNS service; a failure becomes a diagnostic about it. Interruptions pass through. */
export async function explainingDns<T>(
  doing: string,
  service: DnsServiceName,
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (signal.aborted || error instanceof DiagnosticError) throw error
    const { lacksCredentials } = await import('./lacks-credentials.ts')
    const hint = lacksCredentials(error)
      ? `\n\nSecrets in the resource are not stored, so they are not available to refresh and destroy. Set them in the provider block (\`dns = { ${service} = { ... } }\`) or in the environment.`
      : ''
    throw new DiagnosticError(`${doing} failed`, `${(error as Error).message}${hint}`, {
      cause: error,
      path: [service],
    })
  }
}
