import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CertificateStore } from './cached-certificates.ts'
import { writeSecretFile } from './secret-file.ts'

const KEY_END = '-----END PRIVATE KEY-----\n'

/** Stores certificates as `<hostname>.pem` in a folder: the key, then the certificates, mode 0600. */
export function certificateFolder(folder: string): CertificateStore {
  return {
    async load(hostname) {
      const text = await readFile(path(folder, hostname), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      const end = text?.indexOf(KEY_END) ?? -1
      if (text === undefined || end < 0) return undefined
      return { key: text.slice(0, end + KEY_END.length), cert: text.slice(end + KEY_END.length) }
    },
    async save(hostname, { key, cert }) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeSecretFile(path(folder, hostname), `${key.trimEnd()}\n${cert}`)
    },
  }
}

function path(folder: string, hostname: string): string {
  if (!/^[a-z0-9_-][a-z0-9._-]*$/.test(hostname)) throw new Error(`"${hostname}" is not a lower-case host name.`)
  return join(folder, `${hostname}.pem`)
}
