import { readFileSync } from 'node:fs'
import { readPublicKey } from '../src/main/updates/release-signature.ts'

/** What a package knows of its updates: where they lie, and whose signature it takes. */
export interface BuiltInUpdates {
  readonly feed: string
  /** PEM. */
  readonly publicKey: string
}

/** From `DMARC_WATCH_UPDATES` (an https address) and `DMARC_WATCH_UPDATE_KEY` (a file with the public key); both or none. */
export function readUpdates(env: NodeJS.ProcessEnv): BuiltInUpdates | undefined {
  const { DMARC_WATCH_UPDATES: feed, DMARC_WATCH_UPDATE_KEY: keyFile } = env
  if (!feed && !keyFile) return undefined
  if (!feed || !keyFile) {
    throw new Error(
      'Updates need both DMARC_WATCH_UPDATES (where releases lie) and DMARC_WATCH_UPDATE_KEY (a file with the public key they are signed for). Set the other one too, or neither for a package without updates.',
    )
  }
  if (!URL.canParse(feed) || new URL(feed).protocol !== 'https:')
    throw new Error(`DMARC_WATCH_UPDATES must be an https address. Found ${feed}`)
  const publicKey = readFileSync(keyFile, 'utf8')
  if (publicKey.includes('PRIVATE KEY'))
    throw new Error(`${keyFile} holds a private key. Give the public half: openssl pkey -in ${keyFile} -pubout`)
  readPublicKey(publicKey)
  return { feed, publicKey }
}
