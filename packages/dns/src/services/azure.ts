import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const azure = {
  id: 'azure',
  label: 'Azure DNS',
  description:
    "Azure DNS. Without a secret, the credentials are those Azure's own tools would find: workload identity (`AZURE_FEDERATED_TOKEN_FILE`), the managed identity of the machine or the app, then the `az` command. `AZURE_TOKEN_CREDENTIALS` limits them.",
  credentialsHelp: 'A service principal with the role "DNS Zone Contributor" for the zone.',
  credentialsFallback: "Azure's default chain",
  fields: [
    {
      name: 'subscriptionId',
      label: 'Subscription id',
      required: true,
      env: ['AZURE_SUBSCRIPTION_ID'],
      help: 'Subscription of the zones.',
      terraform: { in: 'resource' },
      ask: {},
    },
    {
      name: 'resourceGroup',
      label: 'Resource group',
      fallback: 'every group the credentials can see',
      help: 'Narrows the search for zones.',
      terraform: { in: 'resource' },
    },
    {
      name: 'tenantId',
      label: 'Tenant id',
      form: { pattern: /^[\w.-]+$/, expected: 'must be the id or the domain of a tenant' },
      env: ['AZURE_TENANT_ID'],
      help: 'Id or domain of the tenant.',
      terraform: { in: 'both' },
      ask: {},
    },
    {
      name: 'clientId',
      label: 'Client id',
      env: ['AZURE_CLIENT_ID'],
      help: 'Of the application, or of a managed identity that a user assigned.',
      terraform: { in: 'both' },
      ask: {},
    },
    {
      name: 'clientSecret',
      label: 'Client secret',
      secret: true,
      env: ['AZURE_CLIENT_SECRET'],
      fallback: 'workload identity, a managed identity or the `az` command',
      help: 'The secret of the application. Not needed with workload identity or a managed identity.',
      terraform: { in: 'both' },
      ask: {},
    },
    {
      name: 'federatedTokenFile',
      label: 'Federated token file',
      env: ['AZURE_FEDERATED_TOKEN_FILE'],
      help: 'A file with the token that a workload is known by, in the place of a secret.',
    },
    { name: 'accessToken', label: 'Access token', secret: true, help: 'A ready token for `baseUrl`.' },
    // `https://management.usgovcloudapi.net` for US Government, `https://management.chinacloudapi.cn` for China.
    {
      ...baseUrlField('Azure', 'https://management.azure.com'),
      help: 'Another address of the Azure Resource Manager.',
    },
    {
      name: 'loginUrl',
      label: 'Sign-in address',
      type: 'url',
      env: ['AZURE_AUTHORITY_HOST'],
      fromEnv: (text) => (text.includes('://') ? text : `https://${text}`),
      fallback: 'that of the cloud, `https://login.microsoftonline.com` for the public one',
      help: 'Where tokens are issued.',
    },
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    checksBeforeWriting: true,
    supportsTtl: true,
    minimumTtl: 1,
  },
  proof: 'stand-in',
  hosting: { servers: /\.azure-dns\.(com|net|org|info)$/ },
} as const satisfies ServiceEntry

export type AzureConfig = SettingsOf<typeof azure>
