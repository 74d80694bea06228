import { type Fields, fieldsOf } from '../fields.ts'

export interface AzureConfig {
  type: 'azure'
  /** Default: `AZURE_SUBSCRIPTION_ID`. */
  subscriptionId: string
  /** Narrows the search for zones. Default: the whole subscription. */
  resourceGroup?: string | undefined
  /**
   * A service principal. Default: `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET`, then workload identity, the
   * managed identity (`clientId` names one that a user assigned) and the `az` command.
   */
  tenantId?: string | undefined
  clientId?: string | undefined
  clientSecret?: string | undefined
  /** A file with the token that a workload is known by, in the place of a secret. Default: `AZURE_FEDERATED_TOKEN_FILE`. */
  federatedTokenFile?: string | undefined
  /** A ready token for `baseUrl`. */
  accessToken?: string | undefined
  /** Default `https://management.azure.com`; `https://management.usgovcloudapi.net` for US Government, `….chinacloudapi.cn` for China. */
  baseUrl?: string | undefined
  /** Default: `AZURE_AUTHORITY_HOST`, else that of the cloud, `https://login.microsoftonline.com` for the public one. */
  loginUrl?: string | undefined
  /** Milliseconds per request. Default 20,000. */
  timeout?: number | undefined
}

export function parseAzureConfig(fields: Fields, env: Record<string, string | undefined>): AzureConfig {
  return {
    type: 'azure',
    subscriptionId:
      fields.text('subscriptionId') ??
      env.AZURE_SUBSCRIPTION_ID ??
      fields.requiredText('subscriptionId', 'or set AZURE_SUBSCRIPTION_ID'),
    resourceGroup: fields.text('resourceGroup'),
    tenantId:
      fields.matching('tenantId', /^[\w.-]+$/, 'must be the id or the domain of a tenant') ?? env.AZURE_TENANT_ID,
    clientId: fields.text('clientId') ?? env.AZURE_CLIENT_ID,
    clientSecret: fields.text('clientSecret') ?? env.AZURE_CLIENT_SECRET,
    federatedTokenFile: fields.text('federatedTokenFile') ?? env.AZURE_FEDERATED_TOKEN_FILE,
    accessToken: fields.text('accessToken'),
    baseUrl: fields.url('baseUrl'),
    loginUrl: fields.url('loginUrl') ?? authorityHost(env.AZURE_AUTHORITY_HOST),
    timeout: fields.integer('timeout', { min: 100, max: 600_000 }),
  }
}

function authorityHost(host: string | undefined): string | undefined {
  return fieldsOf('azure', { AZURE_AUTHORITY_HOST: host && !host.includes('://') ? `https://${host}` : host }).url(
    'AZURE_AUTHORITY_HOST',
  )
}
