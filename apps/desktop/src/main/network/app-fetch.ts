import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { session } from 'electron'
import { ProblemError } from '../../shared/problems.ts'
import { proxySettings } from './proxy-settings.ts'

/**
 * How the app's own requests leave the computer: through Electron's network stack, which knows the certificates and the
 * proxy of the system, in a session that shares nothing with the window. With a CA file in the settings they go through
 * Node's instead, which takes further certificate authorities.
 */
export class AppNetwork {
  readonly #caFile: () => string
  #chromium: Promise<typeof fetch> | undefined
  #withCa: { readonly path: string; readonly fetch: typeof fetch } | undefined

  constructor(options: { readonly caFile: () => string }) {
    this.#caFile = options.caFile
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const path = this.#caFile()
    if (path === '') {
      this.#chromium ??= chromiumFetch()
      return (await this.#chromium)(input, init)
    }
    if (this.#withCa?.path !== path) {
      const { caFetch } = await import('./ca-fetch.ts')
      this.#withCa = { path, fetch: caFetch(readCaFile(path)) }
    }
    return this.#withCa.fetch(input, init)
  }
}

/** The certificates of a PEM file. Throws what is wrong with it, without repeating its content. */
export function readCaFile(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw new ProblemError('refused', `The CA file ${path} cannot be read (${code}).`)
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  if (certificates.length === 0) {
    throw new ProblemError('refused', `The file ${path} contains no certificate. Select a file in PEM format.`)
  }
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate)
    } catch {
      throw new ProblemError('refused', `Certificate ${index + 1} in ${path} is not valid.`)
    }
  }
  return certificates.join('\n')
}

/** Without the prefix `persist:`, the session lives in memory. */
const partition = 'dmarc-watch-network'

async function chromiumFetch(): Promise<typeof fetch> {
  const network = session.fromPartition(partition, { cache: false })
  await network.setProxy(proxySettings(process.env))
  return async (input, init) => {
    try {
      const url = input instanceof Request ? input : String(input)
      return await network.fetch(url, { ...init, credentials: 'omit' })
    } catch (error) {
      // Electron gives up on a redirect that is not to be followed; fetch answers with it.
      if (error instanceof Error && /redirect was cancelled/i.test(error.message))
        return new Response(null, { status: 302 })
      throw error
    }
  }
}
