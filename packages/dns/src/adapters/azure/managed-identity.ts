import { DnsServiceError } from '../../engine/errors.ts'
import type { AzureConfig } from '../../services/azure.ts'
import { requestToken, type Token } from '../oauth.ts'
import type { AzureAuthContext, AzureSource } from './source.ts'

/** The metadata service of virtual machines and of AKS, which no machine outside Azure can reach. */
const metadataHost = 'http://169.254.169.254'
/** It answers within milliseconds; elsewhere nobody does. */
const probeTimeout = 1000

/**
 * The identity that Azure gives a machine (IMDS), or an app in App Service, Functions and Container Apps
 * (`IDENTITY_ENDPOINT`). A client id chooses one that a user assigned.
 */
export function managedIdentityToken(
  { clientId }: AzureConfig,
  resource: string,
  demanded: boolean,
  context: AzureAuthContext,
): AzureSource {
  const { env } = context
  return {
    title: 'managed identity',
    name: 'ManagedIdentityCredential',
    group: 'prod',
    async ask(signal) {
      const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: secret } = env
      if (endpoint && !isPlainEndpoint(endpoint, env)) return { lacks: 'those of Arc and Service Fabric are not read' }
      if (endpoint && secret) {
        return identityToken({
          url: endpoint,
          query: { 'api-version': '2019-08-01', resource, client_id: clientId },
          headers: { 'x-identity-header': secret },
          context,
          signal,
        })
      }
      const host = env.AZURE_POD_IDENTITY_AUTHORITY_HOST ?? metadataHost
      const url = `${host.replace(/\/+$/, '')}/metadata/identity/oauth2/token`
      // Told where it is, or that it must be, nobody needs to find out first whether it is there.
      const known = demanded || env.AZURE_POD_IDENTITY_AUTHORITY_HOST !== undefined
      if (!known && !(await answers(url, context, signal))) return { lacks: `nobody answers at ${new URL(host).host}` }
      return identityToken({
        url,
        query: { 'api-version': '2018-02-01', resource, client_id: clientId },
        headers: { metadata: 'true' },
        // What the metadata service says while it is updated, or an identity is being set up.
        passing: [404, 410],
        context,
        signal,
      })
    },
  }
}

/** Arc announces itself by an endpoint beside IMDS's, Service Fabric by the certificate of its own. */
const isPlainEndpoint = (endpoint: string, env: AzureAuthContext['env']) =>
  URL.canParse(endpoint) && !env.IMDS_ENDPOINT && !env.IDENTITY_SERVER_THUMBPRINT

async function identityToken(request: {
  url: string
  query: Record<string, string | undefined>
  headers: Record<string, string>
  passing?: readonly number[]
  context: AzureAuthContext
  signal: AbortSignal | undefined
}): Promise<Token | { lacks: string }> {
  const { context, ...rest } = request
  try {
    return await requestToken({
      service: 'azure',
      label: 'Azure (managed identity)',
      method: 'GET',
      timeout: 10_000,
      ...rest,
      fetch: context.fetch,
      clock: context.clock,
    })
  } catch (error) {
    request.signal?.throwIfAborted()
    if (!(error instanceof DnsServiceError)) throw error
    // As Azure's own libraries do: a machine without an identity may still have somebody signed in to az.
    return error.kind === 'unauthorised'
      ? { lacks: request.query.client_id ? 'none has the client id' : 'none is assigned here' }
      : { lacks: error.message.replace(/^Azure \(managed identity\) /, '').replace(/\.( .*)?$/, '') }
  }
}

/** Whether there is a metadata service, by a question that it refuses: one without its header. */
async function answers(url: string, context: AzureAuthContext, signal: AbortSignal | undefined): Promise<boolean> {
  const limit = AbortSignal.timeout(probeTimeout)
  try {
    const response = await (context.fetch ?? fetch)(url, {
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    // Docker Desktop answers in the place of a network that is not there.
    const said = await response.text()
    return !(response.status === 403 && said.includes('unreachable'))
  } catch {
    signal?.throwIfAborted()
    return false
  }
}
