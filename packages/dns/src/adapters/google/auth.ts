import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathText } from '../../path-text.ts'
import type { GoogleConfig } from '../../services/google.ts'
import type { GoogleAuthContext, GoogleCredentials } from './credentials.ts'
import { noGoogleCredentials, unusableCredentials } from './errors.ts'
import { credentialsFromJson } from './file.ts'
import { metadataCredentials } from './metadata.ts'

/**
 * Google's application default credentials (google.aip.dev/auth/4110): explicit ones, the file named by
 * GOOGLE_APPLICATION_CREDENTIALS, the file of `gcloud auth application-default login`, the metadata server.
 */
export async function googleCredentials(config: GoogleConfig, context: GoogleAuthContext): Promise<GoogleCredentials> {
  const { accessToken } = config
  if (accessToken) return { token: async () => ({ value: accessToken, expiresAt: context.clock() + 300_000 }) }
  if (config.credentials) return credentialsFromJson(config.credentials, 'credentials', context)
  const named = config.credentialsFile ?? (context.env.GOOGLE_APPLICATION_CREDENTIALS || undefined)
  if (named) {
    const text = await readFile(named, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw unusableCredentials(`The credentials file${pathText(named)} cannot be read (${cause.code})`, cause)
    })
    return credentialsFromJson(text, `The credentials file${pathText(named)}`, context)
  }
  const file = join(gcloudFolder(context.env), 'application_default_credentials.json')
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
    throw unusableCredentials(`The credentials file ${file} cannot be read (${cause.code})`, cause)
  })
  if (text !== undefined) return credentialsFromJson(text, file, context)
  return metadataCredentials(context, (problem) =>
    noGoogleCredentials([
      'GOOGLE_APPLICATION_CREDENTIALS (not set)',
      `${file} (not there)`,
      `the metadata server (${problem})`,
    ]),
  )
}

function gcloudFolder({ CLOUDSDK_CONFIG, APPDATA }: GoogleAuthContext['env']): string {
  if (CLOUDSDK_CONFIG) return CLOUDSDK_CONFIG
  return process.platform === 'win32' && APPDATA ? join(APPDATA, 'gcloud') : join(homedir(), '.config', 'gcloud')
}
