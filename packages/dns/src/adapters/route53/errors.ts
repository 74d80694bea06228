import { DnsServiceError, type DnsServiceErrorKind } from '../../engine/errors.ts'

const kinds: Record<string, [DnsServiceErrorKind, string]> = {
  AccessDenied: [
    'forbidden',
    'Allow route53:ListHostedZonesByName, GetHostedZone, ListResourceRecordSets and ChangeResourceRecordSets.',
  ],
  CredentialsProviderError: [
    'unauthorised',
    'Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with "aws sso login".',
  ],
  ExpiredToken: ['unauthorised', 'The session has expired; sign in again.'],
  InvalidClientTokenId: ['unauthorised', 'The access key id is unknown; check the credentials.'],
  SignatureDoesNotMatch: ['unauthorised', 'The secret access key does not belong to the access key id.'],
  NoSuchHostedZone: ['not-found', 'The zone is gone; plan again.'],
  Throttling: ['throttled', 'Wait a minute and try again.'],
  ThrottlingException: ['throttled', 'Wait a minute and try again.'],
  PriorRequestNotComplete: ['throttled', 'Another change of this zone is under way; try again.'],
  TimeoutError: ['timed-out', 'Check the network, or try again later.'],
}

// The words of InvalidChangeBatch when a record is not what the batch takes it for.
const notAsPlanned = /already exists|but it was not found|do not match the current values|conflicts with other records/i

/** An error of the SDK as one of ours. The request, which carries the credentials, is left behind. */
export function route53Error(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DnsServiceError) return error
  const { $metadata, $response } = error as {
    $metadata?: { httpStatusCode?: number }
    $response?: { statusCode?: number }
  }
  const status = $response?.statusCode ?? $metadata?.httpStatusCode
  const known = kinds[error.name] ?? kinds[error.name.replace(/Exception$/, '')]
  const said = messages(error)
  if (known) return make(known[0], `Route 53: ${said}`, known[1], error)
  if (/Deserialization error|XML parse error|^UnknownError$/i.test(said)) {
    // A proxy's page instead of XML; the words of the parser, and the page, help nobody.
    const answered = status === undefined ? 'answered' : `answered ${status}`
    return make(
      'unavailable',
      `Route 53 ${answered} with something that is not an answer of the API`,
      'Try again later.',
      error,
    )
  }
  if (notAsPlanned.test(said)) return make('changed', `Route 53: ${said}`, 'Plan again.', error)
  if (status !== undefined && status >= 400 && status < 500) return make('refused', `Route 53: ${said}`, '', error)
  return make('unavailable', `Route 53 is unavailable: ${said}`, 'Try again later.', error)
}

// InvalidChangeBatch has its words in a list; without the usual envelope the SDK leaves that list unread.
function messages(error: Error): string {
  const { messages: read, Messages: unread } = error as { messages?: unknown; Messages?: { Message?: unknown } }
  const list = [read, unread?.Message].flat().filter((item) => typeof item === 'string')
  return list.length > 0 ? list.join(' ') : error.message || error.name
}

function make(kind: DnsServiceErrorKind, message: string, fix: string, cause: Error): DnsServiceError {
  // Only the words go along: the SDK's error object holds the signed request.
  const safe = new Error(message)
  safe.name = cause.name
  return new DnsServiceError({ service: 'route53', kind, message, fix }, { cause: safe })
}
