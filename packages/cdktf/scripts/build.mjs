// Builds the package twice: as the sources stand, for CDKTF, into dist/esm and dist/cjs; and for its successor CDK
// Terrain into dist/cdktn/esm and dist/cdktn/cjs. The second reads a copy of the sources in which the few modules that
// name the framework or its prebuilt bindings say cdktn.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

execFileSync(process.execPath, ['../../scripts/build-package.mjs'], { stdio: 'inherit' })

const copy = join('.cache', 'cdktn')
rmSync(copy, { recursive: true, force: true })
cpSync('src', join(copy, 'src'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
cpSync('peer-types', join(copy, 'peer-types'), { recursive: true })
rewrite('framework.ts', "from 'cdktf'", "from 'cdktn'")
for (const name of ['aws', 'azurerm']) rewrite(`dns/bindings/${name}.ts`, '@cdktf/', '@cdktn/')
const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8').replace(/^\s*\/\/.*$/gm, ''))
const paths = Object.entries(compilerOptions.paths).flatMap(([name, to]) => [
  [name, to],
  [name.replace('@cdktf', '@cdktn'), to],
])
const options = { rootDir: 'src', customConditions: [], paths: Object.fromEntries(paths) }
writeFileSync(
  join(copy, 'tsconfig.json'),
  JSON.stringify({ extends: '../../../../tsconfig.base.json', compilerOptions: options, include: ['src'] }),
)

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
const compile = (...args) => execFileSync(process.execPath, [tsc, '-p', copy, ...args], { stdio: 'inherit' })
compile('--outDir', 'dist/cdktn/esm')
const commonjs = ['--module', 'commonjs', '--moduleResolution', 'bundler', '--verbatimModuleSyntax', 'false']
compile('--outDir', 'dist/cdktn/cjs', ...commonjs)
mkdirSync('dist/cdktn/cjs', { recursive: true })
writeFileSync('dist/cdktn/cjs/package.json', '{"type":"commonjs"}\n')

function rewrite(file, from, to) {
  const path = join(copy, 'src', file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}: the build has nothing to change there.`)
  writeFileSync(path, text.replaceAll(from, to))
}
