/** A diagnostic as Terraform reports it. */
export interface ReportedDiagnostic {
  readonly severity: 'error' | 'warning'
  readonly summary: string
  readonly detail: string
  /** The resource it is about, if it is about one. */
  readonly address?: string
  /** The line of the configuration it points to. */
  readonly snippet?: { readonly code: string; readonly context: string | null }
}

interface Entry {
  readonly type?: string
  readonly diagnostic?: ReportedDiagnostic
  readonly hook?: { readonly message?: string }
}

function entries(output: string): Entry[] {
  return output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Entry] : []))
}

/** The diagnostics among the lines of `terraform ... -json`. */
export function reportedDiagnostics(output: string): ReportedDiagnostic[] {
  return entries(output).flatMap(({ type, diagnostic }) => (type === 'diagnostic' && diagnostic ? [diagnostic] : []))
}

/** What actions said while they ran. */
export function reportedProgress(output: string): string[] {
  return entries(output).flatMap(({ type, hook }) => (type === 'action_progress' ? [hook?.message ?? ''] : []))
}

/** A Terraform command that failed. The message holds all it said. */
export class TerraformError extends Error {
  readonly diagnostics: readonly ReportedDiagnostic[]

  constructor(command: string, diagnostics: readonly ReportedDiagnostic[], output: string) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const said = errors.map(({ summary, detail }) => `${summary}\n${detail}`.trim()).join('\n\n') || output.trim()
    super(`terraform ${command} failed: ${said}`)
    this.name = 'TerraformError'
    this.diagnostics = diagnostics
  }
}
