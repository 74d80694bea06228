import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Project } from '../project.ts'

/** Takes the protection from deletion away in an example's file of domains. It counts from the next apply on. */
export async function letDestroy({ folder }: Pick<Project, 'folder'>): Promise<void> {
  const file = join(folder, 'domains.yaml')
  const text = await readFile(file, 'utf8')
  const loose = 'defaults:\n  deletionProtection: false\n'
  const changed = /^defaults:$/m.test(text)
    ? text.replace(/^defaults:\n/m, loose)
    : text.replace(/^domains:$/m, `${loose}$&`)
  if (changed === text) throw new Error(`${file}: found neither defaults nor domains on a line of their own.`)
  await writeFile(file, changed)
}
