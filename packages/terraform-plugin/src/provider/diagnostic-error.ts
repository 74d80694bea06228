import type { Path } from '../schema/path.ts'

/** An error whose title, explanation and place are shown to the user as they are. */
export class DiagnosticError extends Error {
  readonly detail: string
  readonly path: Path

  constructor(title: string, detail = '', options: ErrorOptions & { readonly path?: Path } = {}) {
    super(title, options)
    this.name = 'DiagnosticError'
    this.detail = detail
    this.path = options.path ?? []
  }
}
