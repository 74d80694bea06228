import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  OutcomeUnknownError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnexpectedAnswerError,
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
  const diagnostic = (title: string, hint = '', path: Path = []) =>
    new DiagnosticError(title, hint ? `${message}\n\n${hint}` : message, { path })
  if (error instanceof AuthenticationError)
    return diagnostic('The API rejected the token', `${doing} requires a valid token. ${tokenHint}`)
  if (error instanceof PermissionError) {
    const hint = `The token lacks a permission, or the subscription does not include the feature.${fieldsOf(error)}`
    return diagnostic(`${doing} is not allowed`, hint, pathOf(error, paths))
  }
  if (error instanceof OutcomeUnknownError) {
    return diagnostic(
      `${doing} was interrupted`,
      'Run terraform apply again in this folder: it adopts the object if it was created.',
    )
  }
  if (error instanceof UnsupportedError) {
    return diagnostic(`${doing} is not possible with this server`, workaround(error))
  }
  if (error instanceof ApiError) {
    const request = error.requestId ? `\n\nRequest id: ${error.requestId}` : ''
    const path = pathOf(error, paths)
    const hint =
      error instanceof RateLimitError
        ? limitHint
        : error instanceof ServerError
          ? serverHint
          : path[0] === 'tags'
            ? tagHint
            : ''
    return new DiagnosticError(`${doing} failed`, `${message}${fieldsOf(error)}${hint}${request}`, { path })
  }
  if (error instanceof TimeoutError) return diagnostic(`${doing} failed`, timeoutHint)
  if (error instanceof ConnectionError || error instanceof UnexpectedAnswerError)
    return diagnostic(`${doing} failed`, urlHint)
  return diagnostic(`${doing} failed`)
}

const tokenHint = 'Check `token` in the provider block or the environment variable DMARCREPORT_TOKEN.'
const limitHint =
  '\n\nThe service limits the request rate and rejected every retry. Wait a moment and run Terraform again, raise `max_retries` in the provider block, or lower -parallelism.'
const serverHint =
  '\n\nThe service failed, and retrying did not help. Run Terraform again later; completed changes are kept.'
const tagHint =
  '\n\nOn this server, tags are resources: declare a `dmarcreport_tag` and refer to its `name` attribute in `tags`.'
const timeoutHint = 'The timeout is `request_timeout` in the provider block, in seconds.'
const urlHint = 'The base URL is `endpoint` in the provider block, or the environment variable DMARCREPORT_ENDPOINT.'

/** What a user of Terraform can do about a feature that a server lacks. */
function workaround({ extension, option }: UnsupportedError): string {
  if (extension === 'delete') {
    return 'After you delete it there, run Terraform again: it detects that the domain is gone. To keep the domain and only stop managing it, replace the resource with a `removed` block with `destroy = false`, or run terraform state rm.'
  }
  if (extension === 'tags') return 'Then list their names in `tags` and remove the `dmarcreport_tag` resource.'
  if (option) {
    return 'Remove `dmarcreport_domain_verification` when you use this server; the data source `dmarcreport_domain` has the last known status.'
  }
  return ''
}

/** What the details say beyond the message. */
function fieldsOf(error: ApiError): string {
  const further = error.details.map((detail) => detail.message).filter((text) => !error.message.includes(text))
  return further.length === 0 ? '' : `\n${further.map((text) => `- ${text}`).join('\n')}`
}

function pathOf(error: ApiError, paths: FieldPaths): Path {
  for (const { field } of error.details) {
    // `domain.tag_names.0` blames one element of `domain.tag_names`.
    const path = paths[field] ?? paths[field.replace(/\.\d+$/, '')]
    if (path) return path
  }
  return []
}
