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
  const told = (title: string, hint = '', path: Path = []) =>
    new DiagnosticError(title, hint ? `${message}\n\n${hint}` : message, { path })
  if (error instanceof AuthenticationError) return told('The API refused the token', `${doing} needs it. ${tokenHint}`)
  if (error instanceof PermissionError) {
    const hint = `The token lacks a privilege, or the subscription the feature.${fieldsOf(error)}`
    return told(`${doing} is not allowed`, hint, pathOf(error, paths))
  }
  if (error instanceof OutcomeUnknownError) {
    return told(
      `${doing} was cut off`,
      'Run terraform apply again, in this folder: it takes over what was made, if anything was.',
    )
  }
  if (error instanceof UnsupportedError) {
    return told(`${doing} is not possible with this server`, wayOut(error))
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
  if (error instanceof TimeoutError) return told(`${doing} failed`, timeoutHint)
  if (error instanceof ConnectionError || error instanceof UnexpectedAnswerError)
    return told(`${doing} failed`, urlHint)
  return told(`${doing} failed`)
}

const tokenHint = 'Check `token` in the provider block, or the environment variable DMARCREPORT_TOKEN.'
const limitHint =
  '\n\nThe service limits how often it is asked, and went on to say so however often the request was repeated. Wait a little and run Terraform again, raise `max_retries` in the provider block, or ask less at once with -parallelism.'
const serverHint =
  '\n\nThis is a failure of the service, and repeating the request did not help. Run Terraform again later: what is done already is kept.'
const tagHint = '\n\nHere a tag is a resource: declare `dmarcreport_tag`, and write its `name` attribute in `tags`.'
const timeoutHint = 'The timeout is `request_timeout` in the provider block, in seconds.'
const urlHint = 'The base URL is `endpoint` in the provider block, or the environment variable DMARCREPORT_ENDPOINT.'

/** What a user of Terraform can do about what a server lacks. */
function wayOut({ extension, option }: UnsupportedError): string {
  if (extension === 'delete') {
    return 'Once it is deleted there, run Terraform again: it sees that the domain is gone. To leave it there and only stop managing it, write a `removed` block with `destroy = false` in the place of the resource, or run terraform state rm.'
  }
  if (extension === 'tags') return 'Then write their names in `tags`, without the resource `dmarcreport_tag`.'
  if (option) {
    return 'Leave `dmarcreport_domain_verification` out with this server: the data source `dmarcreport_domain` tells what it last saw.'
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
