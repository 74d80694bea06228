import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Certificate } from './source.ts'

const KEY_END = '-----END PRIVATE KEY-----\n'

/** Reads the certificates that earlier releases kept as `<hostname>.pem` in a folder: the key, then the certificates. */
export function certificateFolder(folder: string): { load: (hostname: string) => Promise<Certificate | undefined> } {
  return {
    async load(hostname) {
      const text = await readIfThere(path(folder, hostname))
      const end = text?.indexOf(KEY_END) ?? -1
      if (text === undefined || end < 0) return undefined
      return { key: text.slice(0, end + KEY_END.length), cert: text.slice(end + KEY_END.length) }
    },
  }
}

/** The account key that earlier releases kept in the folder. */
export const earlierAccountKey = (folder: string): Promise<string | undefined> =>
  readIfThere(join(folder, 'acme-account.pem'))

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function path(folder: string, hostname: string): string {
  if (!/^[a-z0-9_-][a-z0-9._-]*$/.test(hostname)) throw new Error(`"${hostname}" is not a lower-case host name.`)
  return join(folder, `${hostname}.pem`)
}
