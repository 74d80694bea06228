import { untilAborted } from '@dmarc-as-code/primitives'
import type { FastifyBaseLogger } from 'fastify'
import { keptIdentities, readIdentities } from '../certificates/index.ts'
import type { Config } from '../config/schema.ts'
import type { Store } from '../store/open-store.ts'
import { readRoots } from './read-roots.ts'

/** Milliseconds for the CA to answer at start; a CA that is down must not keep the zone from being served. */
const patience = 5000

const letsEncrypt = 'letsencrypt.org'

/**
 * The CAs that may issue for the policy host, by their CAA names: those of the configuration, else what the directory of the
 * CA in use says, or said last. Empty, with no CAA records, where nobody says: then the CAA records of the domain's owner
 * count, which a wrong name would only get in the way of.
 */
export async function certificateAuthorities(
  config: Config,
  { store, log, ask = true }: { store: Store; log?: FastifyBaseLogger; ask?: boolean },
): Promise<string[]> {
  const { certificates, certificateAuthorities: configured } = config.policyHost
  if (configured !== undefined) return configured
  if (certificates.source !== 'acme') return []
  return (await statedIdentities(certificates, { store, ask, ...(log ? { log } : {}) })) ?? []
}

type Acme = Extract<Config['policyHost']['certificates'], { source: 'acme' }>

/** The CAA names of a CA as its directory states them, or stated them last; undefined where nobody says. */
export async function statedIdentities(
  { directoryUrl, roots }: Acme,
  { store, log, ask = true }: { store: Store; log?: FastifyBaseLogger; ask?: boolean },
): Promise<string[] | undefined> {
  const directory = { directoryUrl, store, ...(roots === undefined ? {} : { roots: await readRoots(roots) }) }
  try {
    if (ask) return await untilAborted(readIdentities(directory), AbortSignal.timeout(patience))
  } catch (error) {
    log?.warn({ err: error, directoryUrl }, 'could not read the CAA names of the certificate authority')
  }
  const kept = await keptIdentities(directory)
  return kept ?? (new URL(directoryUrl).hostname.endsWith(`.${letsEncrypt}`) ? [letsEncrypt] : undefined)
}
