import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const google = {
  id: 'google',
  label: 'Google Cloud DNS',
  description:
    "Google Cloud DNS. Default: Google's application default credentials, which are the file `GOOGLE_APPLICATION_CREDENTIALS` names (workload identity federation too), that of `gcloud auth application-default login`, or the metadata server.",
  credentialsHelp: 'The JSON key of a service account with the role "DNS Administrator" in the project of the zone.',
  credentialsFallback: 'application default credentials',
  fields: [
    {
      name: 'project',
      label: 'Project',
      env: ['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT'],
      fallback: 'that of the credentials or the machine',
      help: 'Project of the zones.',
      terraform: { in: 'resource' },
    },
    {
      name: 'managedZone',
      label: 'Managed zone',
      fallback: 'the zone with the name',
      help: 'The id of the one zone to work in, where several public zones share a name.',
      terraform: { in: 'resource' },
    },
    {
      name: 'credentialsFile',
      label: 'Credentials file',
      help: 'A credentials file: of a service account, of workload identity federation, or of `gcloud auth application-default login`.',
    },
    {
      name: 'credentials',
      label: 'Key file (JSON)',
      secret: true,
      fallback: "Google's application default credentials",
      help: 'The contents of a credentials file.',
      terraform: { in: 'both' },
      ask: { long: true },
    },
    {
      name: 'accessToken',
      label: 'Access token',
      secret: true,
      env: ['GOOGLE_OAUTH_ACCESS_TOKEN'],
      help: 'A ready token, as `gcloud auth print-access-token` gives it.',
      terraform: { in: 'both' },
    },
    baseUrlField('Cloud DNS', 'https://dns.googleapis.com/dns/v1'),
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: true,
    canApplyAllAtomically: true,
    // A change holds 1,000 sets each way and 100,000 bytes of data (cloud.google.com/dns/quotas).
    maximumNames: 100,
    checksBeforeWriting: true,
    supportsTtl: true,
  },
  proof: 'stand-in',
  // Squarespace runs the zones of the former Google Domains on the same servers.
  hosting: { servers: /^ns-cloud-.+\.googledomains\.com$/ },
} as const satisfies ServiceEntry

export type GoogleConfig = SettingsOf<typeof google>
