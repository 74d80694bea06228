import { X509Certificate } from 'node:crypto'
import { readAcmeState, writeAcmeState } from '../store/acme-state.ts'
import type { Store } from '../store/open-store.ts'
import type { CertificateStore } from './cached-certificates.ts'
import type { Sealer } from './sealing.ts'

/** Certificates in the store, which replicas share; their keys are sealed. `earlier` has those of releases that used a folder. */
export function storedCertificates(
  store: Store,
  { seal, open }: Sealer,
  earlier?: Pick<CertificateStore, 'load'>,
): CertificateStore {
  const context = (hostname: string) => `certificate ${hostname}`
  const stored: CertificateStore = {
    async load(hostname) {
      const value = await readAcmeState(store.db, 'certificate', hostname)
      if (value !== undefined) {
        const { cert, key } = JSON.parse(value) as { cert: string; key: string }
        return { cert, key: open(key, context(hostname)) }
      }
      const old = await earlier?.load(hostname)
      if (old) await stored.save(hostname, old)
      return old
    },
    async save(hostname, { cert, key }) {
      const value = JSON.stringify({ cert, key: seal(key, context(hostname)) })
      const expiresAt = new X509Certificate(cert).validToDate.getTime()
      await writeAcmeState(store, 'certificate', hostname, value, { expiresAt })
    },
  }
  return stored
}
