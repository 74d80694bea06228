import { maskOutput } from './serve-output.ts'
import type { Connection } from './wire/grpc.ts'
import { removeSocket } from './wire/listen.ts'
import { reattachConfig, serveReattached } from './wire/reattach.ts'

/** HOST/NAMESPACE/NAME, or without the host, which Terraform then takes for registry.terraform.io. */
const SOURCE_ADDRESS = /^(?:[^\s/]+\/)?[\w-]+\/[\w-]+$/

/**
 * Runs a provider that Terraform attaches to instead of starting it, so that a debugger stays at one process. Prints the
 * environment variable that tells Terraform, and runs until Ctrl-C. Throws a `TypeError` where `address` is no source address,
 * since Terraform would not find the provider by it.
 */
export async function serveDebug(
  provider: () => Connection,
  address: string,
  mask: (text: string) => string,
): Promise<void> {
  if (typeof address !== 'string' || !SOURCE_ADDRESS.test(address)) {
    const found = JSON.stringify(address) ?? 'nothing'
    throw new TypeError(
      `serve: debug.address is ${found}, expected the provider's source address, such as "registry.terraform.io/example/notes".`,
    )
  }
  for (const stream of [process.stdout, process.stderr]) maskOutput(mask, stream)
  const server = await serveReattached(provider)
  process.on('exit', () => removeSocket(server.address))
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
