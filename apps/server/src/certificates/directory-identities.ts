import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDomainName } from '@dmarc-as-code/records'
import acme from 'acme-client'
import { setUpAcmeHttp, withProblems } from './acme-http.ts'

export interface DirectoryOptions {
  directoryUrl: string
  /** Where the identities are kept for a start at which the CA cannot be reached. */
  folder: string
  /** PEM certificates of the CAs that the directory's own certificate may come from, beside the public ones. */
  roots?: string
}

/** Identities kept: no CA names more, and each becomes a CAA record. */
const mostIdentities = 10

/**
 * The names by which CAA records allow this CA (`caaIdentities` of the directory, RFC 8555 section 7.1.1); empty where it
 * has none.
 *
 * @throws {Error} when the directory cannot be reached or is none
 */
export async function readIdentities({ directoryUrl, folder, roots }: DirectoryOptions): Promise<string[]> {
  setUpAcmeHttp(roots === undefined ? {} : { roots })
  const { data } = await withProblems(new Set(), () => acme.axios.get<unknown>(directoryUrl))
  if (typeof data !== 'object' || data === null || !('newOrder' in data)) {
    throw new Error(`${directoryUrl} is no ACME directory: it names no URL for new orders.`)
  }
  const identities = identitiesIn(data)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(path(folder), `${JSON.stringify({ directoryUrl, identities })}\n`)
  return identities
}

/** What `readIdentities` found last for this directory; undefined where it never succeeded. */
export async function keptIdentities({ directoryUrl, folder }: DirectoryOptions): Promise<string[] | undefined> {
  try {
    const kept: unknown = JSON.parse(await readFile(path(folder), 'utf8'))
    if (typeof kept !== 'object' || kept === null || !('directoryUrl' in kept)) return undefined
    if (kept.directoryUrl !== directoryUrl || !('identities' in kept)) return undefined
    return namesIn(kept.identities)
  } catch {
    // Not kept yet, or cut off while it was written: it is read from the CA again.
    return undefined
  }
}

const path = (folder: string): string => join(folder, 'acme-directory.json')

function identitiesIn(directory: object): string[] {
  const meta = 'meta' in directory ? directory.meta : undefined
  return typeof meta === 'object' && meta !== null && 'caaIdentities' in meta ? namesIn(meta.caaIdentities) : []
}

function namesIn(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  const names = list.flatMap((name) => {
    const parsed = typeof name === 'string' ? parseDomainName(name) : undefined
    return parsed?.ok ? [parsed.ascii] : []
  })
  return [...new Set(names)].slice(0, mostIdentities)
}
