import { createSign } from 'node:crypto'
import { DnsInputError } from '../errors.ts'
import { DomainConnectError, type DomainConnectSettings, templatePath } from './find-settings.ts'

export interface ApplyLinkInput {
  settings: DomainConnectSettings
  providerId: string
  serviceId: string
  /** For a name below the zone, the part before it: `mail` for `mail.example.com` in `example.com`. */
  host?: string
  /** The template's variables. */
  variables: Record<string, string>
  /** Where the user comes back to, with `state`. */
  redirectUri?: string
  state?: string
  /** Signs the link, for templates with a `syncPubKeyDomain`. */
  sign?: LinkSigner
}

export interface LinkSigner {
  /** An RSA private key, PEM. */
  privateKey: string
  /** The label under `syncPubKeyDomain` where the public key is published. */
  keyHost: string
}

const reserved = new Set([
  'domain',
  'host',
  'redirect_uri',
  'state',
  'sig',
  'key',
  'providerName',
  'serviceName',
  'groupId',
  'force',
])

/** The address to open in the user's browser: there they sign in to their DNS service and confirm the records. */
export function domainConnectLink(input: ApplyLinkInput): string {
  const { settings, sign } = input
  if (!settings.urlSyncUX) {
    throw new DomainConnectError(
      `${settings.providerName} does not take templates from the browser (it has no urlSyncUX).`,
    )
  }
  const clash = Object.keys(input.variables).find((name) => reserved.has(name))
  if (clash) throw new DnsInputError(`"${clash}" cannot be a template variable: Domain Connect uses it itself`)
  const pairs: [string, string | undefined][] = [
    ['domain', settings.domain],
    ['host', input.host],
    ...Object.entries(input.variables),
    ['redirect_uri', input.redirectUri],
    ['state', input.state],
  ]
  // encodeURIComponent and not a form encoding: a space must be %20 in what is signed.
  const query = pairs
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  const signature = sign
    ? `&key=${encodeURIComponent(sign.keyHost)}&sig=${encodeURIComponent(signQuery(query, sign))}`
    : ''
  return `${settings.urlSyncUX}${templatePath(input)}/apply?${query}${signature}`
}

/** RS256 over the query string without `sig` and `key`, as DNS services verify it. Base64. */
function signQuery(query: string, { privateKey }: LinkSigner): string {
  try {
    return createSign('RSA-SHA256').update(query).sign(privateKey, 'base64')
  } catch {
    // The cause could quote the key.
    throw new DnsInputError(
      'The private key for signing Domain Connect links cannot be used; expected an RSA key in PEM form',
    )
  }
}
