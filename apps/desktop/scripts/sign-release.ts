// Signs the descriptions of a release: `npm run sign-release -- FOLDER`, with the private key's file in
// DMARC_WATCH_SIGNING_KEY. FOLDER holds the packages of all systems and the latest*.yml that packing wrote. What is about to
// be signed is checked first: each file must be there, with the hash that its description says.
import { createPrivateKey } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { signDescription } from '../src/main/updates/release-signature.ts'
import { sha512 } from '../src/main/updates/sha512.ts'

/** How long a description counts; sign again before that, also without a new release. */
const defaultDays = 90
const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000)

const packages = /\.(deb|AppImage|exe|dmg|zip)$/

/** The names of the descriptions that were signed. */
export function signRelease(folder: string, privateKey: string, expires: Date = inDays(defaultDays)): string[] {
  const key = createPrivateKey(privateKey)
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(`the signing key must be an Ed25519 key, found ${key.asymmetricKeyType}`)
  const names = readdirSync(folder)
  const descriptions = names.filter((name) => /^latest.*\.yml$/.test(name))
  if (descriptions.length === 0)
    throw new Error(`${folder} holds no latest*.yml. Pack with DMARC_WATCH_UPDATES set, then sign.`)
  const described = new Set(descriptions.flatMap((name) => check(folder, name)))
  const forgotten = names.filter((name) => packages.test(name) && !described.has(name))
  if (forgotten.length > 0) {
    throw new Error(
      `no description names ${forgotten.join(', ')}, so nobody would be offered it. Remove it, or pack it again: the AppImage before the .deb.`,
    )
  }
  for (const name of descriptions) {
    const path = join(folder, name)
    writeFileSync(path, signDescription(readFileSync(path, 'utf8'), key, expires))
  }
  return descriptions
}

function check(folder: string, description: string): string[] {
  const { files } = load(readFileSync(join(folder, description), 'utf8')) as {
    files: { url: string; sha512: string }[]
  }
  for (const file of files) {
    const path = join(folder, file.url)
    if (!existsSync(path)) throw new Error(`${description} names ${file.url}, which is not in ${folder}`)
    if (sha512(path) !== file.sha512)
      throw new Error(`${file.url} is not the file that ${description} describes: its SHA-512 differs. Pack it again.`)
  }
  return files.map((file) => file.url)
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2)
  const keyFile = process.env.DMARC_WATCH_SIGNING_KEY
  if (!folder || !keyFile) {
    console.error('usage: DMARC_WATCH_SIGNING_KEY=private.pem npm run sign-release -- FOLDER')
    process.exit(2)
  }
  const days = Number(process.env.DMARC_WATCH_VALID_DAYS ?? defaultDays)
  if (!(days > 0))
    throw new Error(`DMARC_WATCH_VALID_DAYS must be a number of days, found ${process.env.DMARC_WATCH_VALID_DAYS}`)
  const signed = signRelease(folder, readFileSync(keyFile, 'utf8'), inDays(days))
  console.log(`signed ${signed.join(', ')}; valid for ${days} days`)
}
