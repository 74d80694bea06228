// Builds the provider as one script: dist/provider.cjs. Terraform starts several provider processes in each run and waits for
// each one's first line, so only the code behind that line is program text. Everything else (the provider, the framework's
// server, each DNS service with its SDK) is in the file as compressed strings, unpacked and parsed when they are asked for: the
// file is a third of a megabyte to read instead of a whole one.
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build, transform } from 'esbuild'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The bundle as text. `entry` is another start than the provider's own. */
export async function bundle(entry = join(folder, 'src/main.ts')) {
  const { outputFiles } = await build({
    entryPoints: { main: entry },
    outdir: folder,
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    legalComments: 'none',
    // The ES modules of the AWS SDK, of which only what is used goes in.
    conditions: ['@dmarc-as-code/source', 'module'],
    mainFields: ['module', 'main'],
    logLevel: 'error',
  })
  const modules = await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code } = await transform(text, {
        format: 'cjs',
        platform: 'node',
        target: 'node22',
        minify: true,
        // As `require` inside a promise, which the loader below serves.
        supported: { 'dynamic-import': false },
      })
      return [basename(path), code]
    }),
  )
  const early = modulesBeforeHandshake(new Map(modules))
  const table = modules.map(([name, code]) =>
    early.has(name)
      ? `${JSON.stringify(name)}:function(exports,require,module){${code}}`
      : `${JSON.stringify(name)}:'${brotliCompressSync(code).toString('base64')}'`,
  )
  return `${header}\nconst modules={${table.join(',\n')}};\n${loader}`
}

/** The entry and what it imports statically. */
function modulesBeforeHandshake(modules) {
  const early = new Set()
  const visit = (name) => {
    if (early.has(name)) return
    early.add(name)
    const code = modules.get(name) ?? ''
    // A dynamic import has become a require inside `.then(()=>...)`.
    for (const [, before, other] of code.matchAll(/(.{0,20})\brequire\("\.\/([^"]+)"\)/g)) {
      if (modules.has(other) && !/\.then\(\(\)=>\w*\(?$/.test(before)) visit(other)
    }
  }
  visit('main.js')
  return early
}

const header = `#!/usr/bin/env node
'use strict';
if(+process.versions.node.split('.')[0]<22){process.stderr.write('[ERROR] the dmarcreport provider needs Node 22 or newer, found '+process.version+' at '+process.execPath+'\\n');process.exit(1)}`

const loader = `const loaded={},builtin=require;
function load(name){
const known=loaded[name];if(known)return known.exports;
const code=modules[name],module=loaded[name]={exports:{}};
const run=typeof code==='function'?code:unpack(name,code);
run(module.exports,from,module);return module.exports}
function unpack(name,code){
const text=builtin('node:zlib').brotliDecompressSync(Buffer.from(code,'base64')).toString();
return builtin('node:vm').compileFunction(text,['exports','require','module'],{filename:'dmarcreport:'+name})}
function from(name){return name.startsWith('./')&&modules[name.slice(2)]!==undefined?load(name.slice(2)):builtin(name)}
load('main.js');
`

export const scriptFile = join(folder, 'dist/provider.cjs')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(dirname(scriptFile), { recursive: true })
  await writeFile(scriptFile, await bundle())
  await chmod(scriptFile, 0o755)
}
