import { DnsServiceError } from '../../engine/errors.ts'

const fix =
  'Run "gcloud auth application-default login", or set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account or of workload identity federation.'

export function unusableCredentials(message: string, cause?: unknown): DnsServiceError {
  return new DnsServiceError({ service: 'google', kind: 'unauthorised', message: `${message}.`, fix }, { cause })
}

export const noGoogleCredentials = (tried: readonly string[]): DnsServiceError =>
  unusableCredentials(`No Google credentials were found. Tried: ${tried.join(', ')}`)
