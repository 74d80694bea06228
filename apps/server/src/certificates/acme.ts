import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { untilAborted } from '@dmarc-as-code/primitives'
import acme from 'acme-client'
import type { Http01Challenges } from './http01.ts'
import { writeSecretFile } from './secret-file.ts'
import type { CertificateSource } from './source.ts'

export interface AcmeOptions {
  /** The directory of the ACME server, e.g. `https://acme-v02.api.letsencrypt.org/directory`. */
  directoryUrl: string
  /** Where the account key is kept (mode 0600). */
  folder: string
  /** Where the key authorizations are put; `startHttp01Server` serves them on port 80 of the policy host. */
  challenges: Http01Challenges
  /** Contact address for notices of the CA. */
  email?: string
  /** First interval between polls of an order, in milliseconds; it doubles. Default 500. */
  pollInterval?: number
}

/**
 * Certificates from an ACME server (RFC 8555) by http-01: the CNAME `mta-sts.<domain>` directs the CA's request to our
 * policy host. Configuring a directory URL means agreeing to the terms of service of that CA.
 */
export async function acmeCertificates(options: AcmeOptions): Promise<CertificateSource> {
  const client = new acme.Client({
    directoryUrl: options.directoryUrl,
    accountKey: await accountKey(options.folder),
    backoffMin: options.pollInterval ?? 500,
    backoffMax: 30_000,
  })
  let account: Promise<unknown> | undefined
  const register = () => {
    const contact = options.email === undefined ? {} : { contact: [`mailto:${options.email}`] }
    account ??= client.createAccount({ termsOfServiceAgreed: true, ...contact }).catch((error: unknown) => {
      account = undefined
      throw error
    })
    return account
  }
  const request = async (hostname: string) => {
    await register()
    const [key, csr] = await acme.crypto.createCsr(
      { altNames: [hostname] },
      await acme.crypto.createPrivateEcdsaKey('P-256'),
    )
    const cert = await client.auto({
      csr,
      termsOfServiceAgreed: true,
      challengePriority: ['http-01'],
      // The library would fetch the key authorization itself from this machine; only the request of the CA counts.
      skipChallengeVerification: true,
      challengeCreateFn: async (_, challenge, proof) => options.challenges.put(challenge.token, proof),
      challengeRemoveFn: async (_, challenge) => options.challenges.remove(challenge.token),
    })
    return { key: key.toString(), cert }
  }
  return {
    getCertificate: async (hostname, signal) => {
      signal.throwIfAborted()
      return untilAborted(request(hostname), signal).catch((cause: unknown) => {
        if (signal.aborted) throw signal.reason
        const message = cause instanceof Error ? cause.message : String(cause)
        throw new Error(
          `${new URL(options.directoryUrl).host} did not issue a certificate for ${hostname}: ${message} ` +
            `Check that http://${hostname}/ reaches this server on port 80 and that no CAA record of the domain excludes this CA.`,
          { cause },
        )
      })
    },
  }
}

async function accountKey(folder: string): Promise<string> {
  const path = join(folder, 'acme-account.pem')
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const key = (await acme.crypto.createPrivateEcdsaKey('P-256')).toString()
  await mkdir(folder, { recursive: true })
  await writeSecretFile(path, key)
  return key
}
