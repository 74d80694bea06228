// Builds the package in the current folder: ES modules into dist/esm, and CommonJS into dist/cjs when its exports name
// a `require` condition. Types are emitted beside each, so that both kinds of consumer see matching declarations.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
const compile = (...args) =>
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...args], { stdio: 'inherit' })

rmSync('dist', { recursive: true, force: true })
compile('--outDir', 'dist/esm')
if (JSON.stringify(manifest.exports ?? {}).includes('"require"')) {
  compile(
    '--outDir',
    'dist/cjs',
    '--module',
    'commonjs',
    '--moduleResolution',
    'bundler',
    '--verbatimModuleSyntax',
    'false',
  )
  mkdirSync('dist/cjs', { recursive: true })
  writeFileSync('dist/cjs/package.json', '{"type":"commonjs"}\n')
}
