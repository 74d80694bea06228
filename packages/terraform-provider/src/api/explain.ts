import {
  ApiError,
  AuthenticationError,
  OutcomeUnknownError,
  PermissionError,
  UnsupportedError,
} from '@dmarc-as-code/client'
import { DiagnosticError, type Path } from '@dmarc-as-code/terraform-plugin'

/** Where in a resource each field of the API is. */
export type FieldPaths = { readonly [field: string]: Path }

/**
 * Runs an operation on the API; a refusal becomes a diagnostic that says what was being done and, where the API names the
 * field to blame, points at its attribute. Interruptions pass through.
 */
export async function explaining<T>(
  doing: string,
  signal: AbortSignal,
  run: () => Promise<T>,
  paths: FieldPaths = {},
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (signal.aborted || error instanceof DiagnosticError) throw error
    throw explained(doing, error, paths)
  }
}

function explained(doing: string, error: unknown, paths: FieldPaths): DiagnosticError {
  const { message } = error as Error
  if (error instanceof AuthenticationError) {
    return new DiagnosticError(
      'The API refused the token',
      `${doing}: ${message}\n\nCheck \`token\` in the provider block, or the environment variable DMARCREPORT_TOKEN.`,
    )
  }
  if (error instanceof PermissionError) {
    return new DiagnosticError(
      `${doing} is not allowed`,
      `${message}\n\nThe token lacks a privilege, or the subscription the feature.${fieldsOf(error)}`,
      { path: pathOf(error, paths) },
    )
  }
  if (error instanceof OutcomeUnknownError) {
    return new DiagnosticError(
      `${doing} was cut off`,
      `${message}\n\nRun terraform apply again, in this folder: it takes over what was made, if anything was.`,
    )
  }
  if (error instanceof UnsupportedError) {
    return new DiagnosticError(`${doing} is not possible with this server`, message)
  }
  if (error instanceof ApiError) {
    const request = error.requestId ? `\n\nRequest id: ${error.requestId}` : ''
    return new DiagnosticError(`${doing} failed`, `${message}${fieldsOf(error)}${request}`, {
      path: pathOf(error, paths),
    })
  }
  return new DiagnosticError(`${doing} failed`, message)
}

/** What the details say beyond the message. */
function fieldsOf(error: ApiError): string {
  const further = error.details.map((detail) => detail.message).filter((text) => !error.message.includes(text))
  return further.length === 0 ? '' : `\n${further.map((text) => `- ${text}`).join('\n')}`
}

function pathOf(error: ApiError, paths: FieldPaths): Path {
  const field = error.details.find((detail) => Object.hasOwn(paths, detail.field))?.field
  return (field !== undefined && paths[field]) || []
}
