import type { Connection } from './wire/grpc.ts'
import { reattachConfig, serveReattached } from './wire/reattach.ts'

/**
 * Runs a provider that Terraform attaches to instead of starting it, so that a debugger stays at one process. Prints the
 * environment variable that tells Terraform, and runs until Ctrl-C.
 */
export async function serveDebug(provider: () => Connection, address: string): Promise<void> {
  const server = await serveReattached(provider)
  const value = JSON.stringify({ [address]: reattachConfig(server.address) })
  console.log(
    `The provider runs. Attach Terraform to it in another terminal:\n\n` +
      `  export TF_REATTACH_PROVIDERS='${value}'\n\n` +
      `or, in PowerShell:\n\n` +
      `  $env:TF_REATTACH_PROVIDERS='${value}'\n\n` +
      `Its configuration stays between commands. Ctrl-C ends it.`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)))
  }
}
