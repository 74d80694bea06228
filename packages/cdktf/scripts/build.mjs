// Builds the package four times: ES modules and CommonJS, for CDKTF (dist/esm, dist/cjs) and for its successor CDK Terrain
// (dist/cdktn/esm, dist/cdktn/cjs). Each build reads a copy of the sources in which the few lines differ that must.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8').replace(/^\s*\/\/.*$/gm, ''))
// By the package's exports: ./dist/esm/dns/route53.js is the entry point dns/route53.
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
const entryPoints = Object.values(exports).flatMap(
  ({ default: file }) => /^\.\/dist\/esm\/(.*)\.js$/.exec(file ?? '')?.[1] ?? [],
)
const commonJs = { module: 'commonjs', moduleResolution: 'bundler', verbatimModuleSyntax: false }

rmSync('dist', { recursive: true, force: true })
// Half a build must not be taken for a whole one.
process.on('exit', (code) => code !== 0 && rmSync('dist', { recursive: true, force: true }))
for (const framework of ['cdktf', 'cdktn']) {
  for (const format of ['esm', 'cjs']) {
    const copy = join('.cache', `build-${framework}-${format}`)
    rmSync(copy, { recursive: true, force: true })
    cpSync('src', join(copy, 'src'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
    cpSync('peer-types', join(copy, 'peer-types'), { recursive: true })
    if (framework === 'cdktn') sayCdktn(copy)
    if (format === 'cjs') makeSynchronous(copy)
    const outDir = join('dist', ...(framework === 'cdktn' ? ['cdktn'] : []), format)
    compile(copy, outDir, format)
    if (format === 'esm') await bundle(outDir)
    rmSync(copy, { recursive: true })
  }
}

/**
 * Joins the ES modules, and the records package, into a few files: a hundred small ones take 40 ms to load, these 5 ms. What
 * several entry points share stays shared, so that a class is the same one whichever of them it came from.
 */
async function bundle(outDir) {
  const modules = readdirSync(outDir, { recursive: true }).filter((file) => /\.js(\.map)?$/.test(file))
  const { outputFiles } = await build({
    entryPoints: [...entryPoints, 'cli'].map((name) => join(outDir, `${name}.js`)),
    outbase: outDir,
    outdir: outDir,
    chunkNames: 'chunks/[hash]',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    sourcemap: true,
    conditions: ['@dmarc-as-code/source'],
    external: [
      '@cdktf/*',
      '@cdktn/*',
      '@dmarc-as-code/client',
      '@dmarc-as-code/dns',
      'cdktf',
      'cdktn',
      'constructs',
      'yaml',
    ],
    logLevel: 'warning',
  })
  for (const file of modules) rmSync(join(outDir, file))
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, contents)
  }
}

function sayCdktn(copy) {
  rewrite(copy, 'framework.ts', "from 'cdktf'", "from 'cdktn'")
  // The other bindings are not published for CDK Terrain; see the README.
  for (const name of ['aws', 'azurerm']) rewrite(copy, `dns/bindings/${name}.ts`, '@cdktf/', '@cdktn/')
}

/** What CommonJS has no words for. */
function makeSynchronous(copy) {
  rewrite(copy, 'fleet/load-yaml.ts', 'createRequire(import.meta.url)', 'require')
  for (const name of ['aws', 'azurerm', 'cloudflare', 'dns', 'google']) {
    const file = `dns/bindings/${name}.ts`
    rewrite(copy, file, '{ loaded }', '{ loadedAtOnce }')
    rewrite(copy, file, 'await loaded(', 'loadedAtOnce(')
    rewrite(copy, file, '() => import(', '() => require(')
  }
}

function rewrite(copy, file, from, to) {
  const path = join(copy, 'src', file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}: the build has nothing to change there.`)
  writeFileSync(path, text.replaceAll(from, to))
}

function compile(copy, outDir, format) {
  const paths = Object.entries(compilerOptions.paths)
  const options = {
    rootDir: 'src',
    outDir: join('..', '..', outDir),
    customConditions: [],
    // The copies are not shipped, so the maps carry the sources.
    inlineSources: true,
    paths: Object.fromEntries([...paths, ...paths.map(([name, to]) => [name.replace('@cdktf', '@cdktn'), to])]),
    ...(format === 'cjs' && commonJs),
  }
  const settings = { extends: '../../../../tsconfig.base.json', compilerOptions: options, include: ['src'] }
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(settings))
  execFileSync(process.execPath, [tsc, '-p', copy], { stdio: 'inherit' })
  if (format !== 'cjs') return
  mkdirSync(outDir, { recursive: true })
  writeFileSync(join(outDir, 'package.json'), '{"type":"commonjs"}\n')
}
