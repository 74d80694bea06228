import { readFile } from 'node:fs/promises'
import { ConfigError } from './load-config.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist. Create it, or name another',
  ENOTDIR: 'is below a file. Name another',
  EISDIR: 'is a folder. Name a file in it',
  EACCES: 'cannot be read by this user. Change its owner or mode, and those of its folders',
  EPERM: 'cannot be read by this user. Change its owner or mode, and those of its folders',
}

/** The text of a file that a setting names. @throws {ConfigError} which says why it cannot be read */
export async function readSettingsFile(path: string, setting: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const code = error.code ?? 'unreadable'
    throw new ConfigError(path, [`${setting}: the file ${path} ${reasons[code] ?? `cannot be read (${code})`}.`])
  })
}
