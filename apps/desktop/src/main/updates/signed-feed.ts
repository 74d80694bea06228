import type { KeyObject } from 'node:crypto'
import { CancellationToken, Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater'
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js'
import { load } from 'js-yaml'
import { z } from 'zod'
import { openDescription, UpdateRefused } from './release-signature.ts'
import type { UpdateSource } from './update-source.ts'

const answerWithin = 30_000

const descriptionSchema = z.looseObject({
  version: z.string(),
  expires: z.iso.datetime(),
  files: z.array(z.looseObject({ url: z.string(), sha512: z.string() })).min(1),
})

/** Throws `UpdateRefused` once the description has expired. */
export function requireCurrent(expires: string, now: number): void {
  if (Date.parse(expires) > now) return
  throw new UpdateRefused(
    `The description of the newest release expired on ${expires.slice(0, 10)}. The publisher must sign it again.`,
  )
}

/**
 * Where electron-updater learns of releases. Its own provider believes whatever the server says; this one takes only a
 * description signed with our key. The SHA-512 in it then vouches for the package, whatever server that comes from.
 */
export class SignedFeed extends Provider<UpdateInfo> {
  readonly #base: string
  readonly #publicKey: KeyObject

  constructor({ feed, publicKey }: UpdateSource, options: ProviderRuntimeOptions) {
    super(options)
    this.#base = feed.endsWith('/') ? feed : `${feed}/`
    this.#publicKey = publicKey
  }

  async getLatestVersion(): Promise<UpdateInfo> {
    const address = new URL(`${this.getDefaultChannelName()}.yml`, this.#base)
    const text = await this.#fetch(address)
    const described = descriptionSchema.safeParse(load(openDescription(text, this.#publicKey)))
    if (!described.success) {
      throw new UpdateRefused(
        `${address} is signed, but is not a valid release description: ${z.prettifyError(described.error)}`,
      )
    }
    requireCurrent(described.data.expires, Date.now())
    return described.data as unknown as UpdateInfo
  }

  resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    return files.map((info) => ({ url: new URL(info.url, this.#base), info }))
  }

  async #fetch(address: URL): Promise<string> {
    const token = new CancellationToken()
    const timer = setTimeout(() => token.cancel(), answerWithin)
    try {
      return (await this.httpRequest(address, { 'cache-control': 'no-cache' }, token)) ?? ''
    } catch (error) {
      throw token.cancelled ? new Error(`${address} did not respond within ${answerWithin / 1000} seconds`) : error
    } finally {
      clearTimeout(timer)
    }
  }
}
