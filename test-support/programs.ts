import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where an outside program lies, or undefined. Looks along PATH and in the folders where Debian keeps daemons. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin']
  for (const folder of folders) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {}
  }
  return undefined
}

/** Whether every named program is installed: `describe.skipIf(!hasPrograms('named'))('BIND: …')`. CI fails on any skip. */
export function hasPrograms(...names: string[]): boolean {
  return names.every((name) => findProgram(name) !== undefined)
}
