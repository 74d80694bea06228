import { serve } from '@dmarc-as-code/terraform-plugin/serve'

// Terraform starts several processes in each run: the provider itself loads after the handshake.
serve(() => import('./provider.ts')).catch((error: unknown) => {
  process.stderr.write(
    `[ERROR] failed to start the provider: ${error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exitCode = 1
})
