import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/bootstrap.mjs'
import { allowedImports, developmentFolders } from './allowed-imports.ts'
import { folderPairs, importCircles, importGraph } from './circles.ts'
import { wrongImports } from './direction.ts'
import { sourceFiles } from './source-files.ts'

/** The folders that are checked: every package, every app and the development folders that exist. */
export function checkedFolders(): string[] {
  return [...Object.keys(allowedImports), ...developmentFolders].filter((folder) => existsSync(join(root, folder)))
}

/** Packages and apps that exist, so that a new one without a rule is noticed. */
export function existingPackages(): string[] {
  return ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent))
      .filter((name) => existsSync(join(root, parent, name, 'package.json')))
      .map((name) => `${parent}/${name}`),
  )
}

/** The imports of a folder that break the rules between packages. */
export function directionFaults(folder: string): string[] {
  return wrongImports(sourceFiles(folder), exportPaths)
}

/** The import circles of a folder and the pairs of its folders that import each other, one sentence each. */
export function circleFaults(folder: string): string[] {
  const graph = importGraph(sourceFiles(folder))
  return [
    ...importCircles(graph).map((circle) => `import circle: ${[...circle, circle[0]].join(' -> ')}`),
    ...folderPairs(graph).map(
      ({ folders, examples }) => `${folders.join(' and ')} import each other: ${examples.join('; ')}`,
    ),
  ]
}

function exportPaths(name: string): string[] {
  for (const parent of ['packages', 'apps']) {
    const manifest = join(root, parent, name, 'package.json')
    if (existsSync(manifest)) return Object.keys(JSON.parse(readFileSync(manifest, 'utf8')).exports ?? {})
  }
  return []
}
