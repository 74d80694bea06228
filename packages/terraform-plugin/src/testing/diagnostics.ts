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

/** The diagnostics among the lines of `terraform ... -json`. */
export function reportedDiagnostics(output: string): ReportedDiagnostic[] {
  return output.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return []
    const entry = JSON.parse(line) as { type?: string; diagnostic?: ReportedDiagnostic }
    return entry.type === 'diagnostic' && entry.diagnostic ? [entry.diagnostic] : []
  })
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
