import { execFileSync } from 'node:child_process'
import { cp, mkdir, readdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from './bootstrap.mjs'

/** Folders whose workspaces are found by their names, and workspaces at the top. */
const groups = ['packages', 'apps']
const workspaces = ['bench', 'scripts', 'test-peers']

/**
 * Copies these files and folders of the repository, without what is built or installed, and links the installed dependencies
 * one by one, so that the packages of the repository lead to the copy. Nothing in the repository itself is written.
 */
export async function copyOfSources(folder: string, paths: readonly string[]): Promise<void> {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...paths]
  const files = execFileSync('git', list, { cwd: root, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }).split('\0')
  for (const file of files.filter(Boolean)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await cp(join(root, file), join(folder, file))
  }
  await linkDependencies(folder)
}

async function linkDependencies(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules')
  const ours = join(modules, '@dmarc-as-code')
  await mkdir(ours, { recursive: true })
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@dmarc-as-code') await symlink(join(root, 'node_modules', name), join(modules, name))
  }
  const copied = await readdir(folder)
  for (const group of groups.filter((name) => copied.includes(name))) {
    for (const name of await readdir(join(folder, group))) await symlink(join(folder, group, name), join(ours, name))
  }
  for (const name of workspaces.filter((each) => copied.includes(each))) {
    await symlink(join(folder, name), join(ours, name))
  }
}
