import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/bootstrap.mjs'
import { type Import, readImports } from './read-imports.ts'

/** A source file by its path below the repository, with what it imports. */
export interface SourceFile {
  path: string
  imports: Import[]
}

const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'out', 'coverage', 'generated', '.cache', '.turbo'])
const SOURCE = /\.(?:ts|tsx|mts|cts|mjs|cjs|js)$/

/** The source files below a folder of the repository, sorted by path, without builds and installed packages. */
export function sourceFiles(folder: string): SourceFile[] {
  const files: SourceFile[] = []
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      if (!SKIPPED_FOLDERS.has(entry.name)) files.push(...sourceFiles(path))
    } else if (SOURCE.test(entry.name)) {
      files.push({ path, imports: readImports(path, readFileSync(join(root, path), 'utf8')) })
    }
  }
  return files.sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** Whether a file belongs to what a package publishes: below `src/`, and not a test. */
export function isProduct(path: string): boolean {
  return /^(?:packages|apps)\/[^/]+\/src\//.test(path) && !/\.test\.tsx?$/.test(path)
}
