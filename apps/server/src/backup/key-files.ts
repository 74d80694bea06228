import { cp, mkdir, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Config } from '../config/schema.ts'
import { keysName } from './backup.ts'

/** Where the settings keep keys outside of the store: the folder of the CA or of ACME, and the file of the store's key. */
function keyPlaces({ policyHost: { certificates } }: Config): { name: string; path: string }[] {
  const folder = certificates.source === 'front' ? undefined : certificates.folder
  const places = folder === undefined ? [] : [{ name: 'folder', path: folder }]
  const file = certificates.storeKeyFile
  return file === undefined ? places : [...places, { name: 'store-key', path: file }]
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Copies the keys into a backup. Answers what was copied. */
export async function backUpKeys(config: Config, folder: string): Promise<string[]> {
  const copied: string[] = []
  for (const { name, path } of keyPlaces(config)) {
    if (!(await exists(path))) continue
    await mkdir(join(folder, keysName, name), { recursive: true, mode: 0o700 })
    await cp(path, join(folder, keysName, name, basename(path)), { recursive: true, errorOnExist: true, force: false })
    copied.push(path)
  }
  return copied
}

/** Puts the keys of a backup where the settings have them; what is there already stays. Answers what was copied. */
export async function restoreKeys(config: Config, folder: string): Promise<string[]> {
  const copied: string[] = []
  for (const { name, path } of keyPlaces(config)) {
    const from = join(folder, keysName, name)
    if (!(await exists(from))) continue
    const [kept] = await readdir(from)
    if (kept === undefined) continue
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await cp(join(from, kept), path, { recursive: true, force: false })
    copied.push(path)
  }
  return copied
}
