import { posix } from 'node:path'
import { allowedImports, developmentFolders } from './allowed-imports.ts'
import { isProduct, type SourceFile } from './source-files.ts'

const SCOPE = '@dmarc-as-code/'

/**
 * The imports that break the rules between packages, each as one sentence with file and line: a package that may not be
 * imported, a relative path into another package's folder, a path that the other package does not export, and product
 * code that imports development code. `exportsOf` gives the export paths of a package (`.`, `./contract`). Two exceptions:
 * the examples in a package show any package, and benchmarks and peers use the build scripts and test set-up of the packages they
 * measure.
 */
export function wrongImports(files: SourceFile[], exportsOf: (name: string) => string[]): string[] {
  return files.flatMap((file) =>
    file.imports.flatMap(({ specifier, line }) => {
      const fault = specifier.startsWith('.')
        ? wrongPath(file.path, posix.join(posix.dirname(file.path), specifier))
        : wrongName(file.path, specifier, exportsOf)
      return fault ? [`${file.path}:${line} imports ${specifier}: ${fault}`] : []
    }),
  )
}

/** `packages/dns/src/a.ts` is in `packages/dns`, `bench/run.ts` in `bench`. */
function workspaceOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'packages' || first === 'apps' ? `${first}/${second}` : first
}

function wrongPath(from: string, to: string): string | undefined {
  const target = workspaceOf(to)
  if (target === workspaceOf(from)) return undefined
  const tool =
    ['bench', 'test-peers'].includes(workspaceOf(from)) && /^(?:packages|apps)\/[^/]+\/(?:scripts|test)\//.test(to)
  if (/^(?:packages|apps)\//.test(to) && !tool) return 'import a package by its name; its folders are internal'
  if (developmentFolders.includes(target) && isProduct(from)) return `product code must not import ${target}/`
  return undefined
}

function wrongName(from: string, specifier: string, exportsOf: (name: string) => string[]): string | undefined {
  if (!specifier.startsWith(SCOPE)) return undefined
  const [name = '', ...rest] = specifier.slice(SCOPE.length).split('/')
  if (!exportsOf(name).includes(['.', ...rest].join('/'))) return `${name} does not export this path`
  const rule = allowedImports[workspaceOf(from)]
  if (/^packages\/[^/]+\/examples\//.test(from)) return undefined
  const own = posix.basename(workspaceOf(from)) === name
  if (!rule || own || rule.product.includes(name)) return undefined
  if (!rule.development.includes(name)) return `${workspaceOf(from)} may not import ${name}`
  return isProduct(from) ? `only tests and scripts of ${workspaceOf(from)} may import ${name}` : undefined
}
