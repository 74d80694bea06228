import { parseRetryAfter, untilAborted } from '@dmarc-as-code/primitives'
import acme from 'acme-client'
import { AcmeBusyError, AcmeOrderError, AcmeUnreachableError } from './acme-errors.ts'
import { setUpAcmeHttp, withProblems } from './acme-http.ts'
import type { Challenges } from './challenges.ts'
import { certificateId, parseSuggestedWindow } from './renewal-info.ts'
import type { Certificate, CertificateSource } from './source.ts'

export interface AcmeOptions {
  /** The directory of the ACME server, e.g. `https://acme-v02.api.letsencrypt.org/directory`. */
  directoryUrl: string
  /** The private key of the account, PEM. */
  accountKey: string
  /** How host names are proved. Default `http-01`. */
  challenge?: 'http-01' | 'tls-alpn-01'
  /**
   * Where the key authorizations are put: by token for http-01, which `startHttp01Server` serves on port 80 of the policy host, by host
   * name for tls-alpn-01, which the policy host serves itself.
   */
  challenges: Pick<Challenges, 'put' | 'remove'>
  /** Contact address for notices of the CA. */
  email?: string
  /** The account at the CA that ours is bound to (RFC 8555 section 7.3.4). */
  accountBinding?: { kid: string; hmacKey: string }
  /** PEM certificates of the CAs that the directory's own certificate may come from, beside the public ones. */
  roots?: string
  /** First interval between polls of an order, in milliseconds; it doubles. Default 500. */
  pollInterval?: number
}

export interface AcmeSource extends CertificateSource {
  /** Reads the directory. @throws {Error} when it cannot be reached or is none */
  probe: () => Promise<void>
}

/** Milliseconds that what the directory says about renewal information is kept. */
const directoryAge = 3_600_000

/** A client whose orders say which certificate they replace (RFC 9773 section 5). */
class OrderingClient extends acme.Client {
  /** The ids of the certificates to replace, by host name. */
  readonly replaces = new Map<string, string>()

  override async createOrder(data: Parameters<acme.Client['createOrder']>[0]) {
    const replaces = this.replaces.get(data.identifiers[0]?.value ?? '')
    if (replaces === undefined) return super.createOrder(data)
    const replacing = { ...data, replaces }
    try {
      return await super.createOrder(replacing)
    } catch (error) {
      if (error instanceof AcmeBusyError || error instanceof AcmeUnreachableError) throw error
      // Replaced already, or the certificate of another CA or account: that must not keep the name from a new one.
      return super.createOrder(data)
    }
  }
}

/** Problems of the validation, which a request of the CA to this server settles. */
const validationProblems = ['connection', 'dns', 'incorrectResponse', 'unauthorized', 'tls']

/**
 * Certificates from an ACME server (RFC 8555) by http-01 or tls-alpn-01 (RFC 8737): the CNAME `mta-sts.<domain>` directs the CA's
 * request to our policy host. Configuring a directory URL means agreeing to the terms of service of that CA.
 */
export function acmeCertificates(options: AcmeOptions): AcmeSource {
  setUpAcmeHttp(options)
  const host = new URL(options.directoryUrl).host
  const proving = options.challenge ?? 'http-01'
  const newClient = () =>
    new OrderingClient({
      directoryUrl: options.directoryUrl,
      accountKey: options.accountKey,
      ...(options.accountBinding ? { externalAccountBinding: options.accountBinding } : {}),
      backoffMin: options.pollInterval ?? 500,
      backoffMax: 30_000,
    })
  let client = newClient()
  let account: Promise<unknown> | undefined

  const register = () => {
    const contact = options.email === undefined ? {} : { contact: [`mailto:${options.email}`] }
    account ??= client.createAccount({ termsOfServiceAgreed: true, ...contact }).catch((error: unknown) => {
      account = undefined
      throw error
    })
    return account
  }

  let renewals: { url: string | undefined; readAt: number } | undefined
  /** Where the CA has renewal information; undefined where it has none. */
  const renewalUrl = async () => {
    if (renewals && Date.now() - renewals.readAt < directoryAge) return renewals.url
    const { data } = await withProblems(new Set(), () => acme.axios.get<unknown>(options.directoryUrl))
    const said = typeof data === 'object' && data !== null && 'renewalInfo' in data ? data.renewalInfo : undefined
    renewals = { url: typeof said === 'string' && said.startsWith('https:') ? said : undefined, readAt: Date.now() }
    return renewals.url
  }

  const request = async (hostname: string, replaced: Certificate | undefined) => {
    await register()
    const replaces = replaced && (await renewalUrl()) !== undefined ? certificateId(replaced.cert) : undefined
    if (replaces === undefined) client.replaces.delete(hostname)
    else client.replaces.set(hostname, replaces)
    const [key, csr] = await acme.crypto.createCsr(
      { altNames: [hostname] },
      await acme.crypto.createPrivateEcdsaKey('P-256'),
    )
    const cert = await client.auto({
      csr,
      termsOfServiceAgreed: true,
      challengePriority: [proving],
      // The library would fetch the key authorization itself from this machine; only the request of the CA counts.
      skipChallengeVerification: true,
      challengeCreateFn: async (_, { type, token }, proof) => {
        // The library takes another one where the CA does not offer it.
        if (type !== proving) throw new Error(`the CA does not offer ${proving} for ${hostname}`)
        await options.challenges.put(proving === 'http-01' ? token : hostname, proof)
      },
      challengeRemoveFn: async (_, { token }) => options.challenges.remove(proving === 'http-01' ? token : hostname),
    })
    return { key: key.toString(), cert }
  }

  /** A CA that has forgotten the account gets it registered again, once. */
  const requestWithAccount = async (hostname: string, replaced: Certificate | undefined, types: Set<string>) => {
    try {
      return await withProblems(types, () => request(hostname, replaced))
    } catch (error) {
      if (!types.has('accountDoesNotExist')) throw error
      types.clear()
      client = newClient()
      account = undefined
      return withProblems(types, () => request(hostname, replaced))
    }
  }

  return {
    async probe() {
      const types = new Set<string>()
      await withProblems(types, () => newClient().getTermsOfServiceUrl())
    },

    async renewalInfo({ cert }, signal) {
      const url = await untilAborted(renewalUrl(), signal)
      const id = certificateId(cert)
      if (url === undefined || id === undefined) return undefined
      const asked = withProblems(new Set(), () => acme.axios.get<unknown>(`${url.replace(/\/$/, '')}/${id}`))
      const { data, headers, status } = await untilAborted(asked, signal)
      const window = status === 200 ? parseSuggestedWindow(data) : undefined
      return window && { window, retryAfter: parseRetryAfter(headers['retry-after'], Date.now()) }
    },

    async getCertificate(hostname, signal, replaced) {
      signal.throwIfAborted()
      const types = new Set<string>()
      return untilAborted(requestWithAccount(hostname, replaced, types), signal).catch((cause: unknown) => {
        if (signal.aborted) throw signal.reason
        throw orderError(hostname, { host, proving, types }, cause)
      })
    },
  }
}

function orderError(
  hostname: string,
  { host, proving, types }: { host: string; proving: string; types: ReadonlySet<string> },
  cause: unknown,
): AcmeOrderError {
  const said = (cause instanceof Error ? cause.message : String(cause)).replace(/\.?$/, '.')
  const retryAfter = cause instanceof AcmeBusyError ? cause.retryAfter : undefined
  const what = `${host} did not issue a certificate for ${hostname}: ${said}`
  const publicWords =
    cause instanceof AcmeUnreachableError ? `The certificate authority ${host} could not be reached.` : what
  return new AcmeOrderError([what, advice()].filter(Boolean).join(' '), { cause, publicWords, retryAfter })

  function advice(): string {
    if (cause instanceof AcmeUnreachableError) return 'Check directoryUrl, the network and, for a private CA, roots.'
    if (cause instanceof AcmeBusyError) {
      return retryAfter === undefined ? '' : `It takes the next order in ${Math.ceil(retryAfter / 1000)} s.`
    }
    if (types.has('caa')) return `Allow this CA in the CAA records of the domain.`
    if (types.has('externalAccountRequired')) return 'Set accountBinding with the key id and HMAC key of the CA.'
    if (validationProblems.some((type) => types.has(type))) {
      return proving === 'http-01'
        ? `Check that http://${hostname}/ reaches this server on port 80.`
        : `Check that https://${hostname}/ reaches this server on port 443, without a proxy that ends TLS.`
    }
    return ''
  }
}

/** A new private key for an account, PEM. */
export const newAccountKey = async (): Promise<string> => (await acme.crypto.createPrivateEcdsaKey('P-256')).toString()
