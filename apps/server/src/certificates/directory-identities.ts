import { parseDomainName } from '@dmarc-as-code/records'
import acme from 'acme-client'
import { readAcmeState, writeAcmeState } from '../store/acme-state.ts'
import type { Store } from '../store/open-store.ts'
import { setUpAcmeHttp, withProblems } from './acme-http.ts'

export interface DirectoryOptions {
  directoryUrl: string
  /** Where the identities are kept for a start at which the CA cannot be reached. */
  store: Store
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
export async function readIdentities({ directoryUrl, store, roots }: DirectoryOptions): Promise<string[]> {
  setUpAcmeHttp(roots === undefined ? {} : { roots })
  const { data } = await withProblems(new Set(), () => acme.axios.get<unknown>(directoryUrl))
  if (typeof data !== 'object' || data === null || !('newOrder' in data)) {
    throw new Error(`${directoryUrl} is no ACME directory: it names no URL for new orders.`)
  }
  const identities = identitiesIn(data)
  await writeAcmeState(store, 'directory', directoryUrl, JSON.stringify(identities))
  return identities
}

/** What `readIdentities` found last for this directory; undefined where it never succeeded. */
export async function keptIdentities({ directoryUrl, store }: DirectoryOptions): Promise<string[] | undefined> {
  const kept = await readAcmeState(store.db, 'directory', directoryUrl)
  return kept === undefined ? undefined : namesIn(JSON.parse(kept))
}

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
