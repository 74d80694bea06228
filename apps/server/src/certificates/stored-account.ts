import { readAcmeState, writeAcmeStateOnce } from '../store/acme-state.ts'
import type { Store } from '../store/open-store.ts'
import { newAccountKey } from './acme.ts'
import type { Sealer } from './sealing.ts'

/**
 * The key of the account at a CA, which replicas share: the stored one, else `earlier` (of a release that used a folder), else a
 * new one. @throws {SealError} when it cannot be opened
 */
export async function storedAccountKey(
  store: Store,
  { seal, open }: Sealer,
  directoryUrl: string,
  earlier: () => Promise<string | undefined>,
): Promise<string> {
  const context = `account ${directoryUrl}`
  const stored =
    (await readAcmeState(store.db, 'account', directoryUrl)) ??
    (await writeAcmeStateOnce(
      store,
      'account',
      directoryUrl,
      seal((await earlier()) ?? (await newAccountKey()), context),
    ))
  return open(stored, context)
}
