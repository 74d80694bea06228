// What Electron runs when it is given a path: `electron [-r MODULE] APP`. The repacked distribution ships none.
// An ES module, because Electron holds `ready` back until this module, and with it the app's own start, has run.
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const args = process.argv.slice(1)
const preloads = []
let target
while (args.length > 0 && target === undefined) {
  const arg = args.shift()
  if (arg === '--version') {
    console.log(`v${process.versions.electron}`)
    process.exit(0)
  } else if (arg === '-r' || arg === '--require') {
    preloads.push(args.shift())
  } else if (!arg.startsWith('-')) {
    target = resolve(arg)
  }
}

if (target === undefined) {
  console.error('Usage: electron [-r MODULE] APP   (a folder with a package.json, or a file)')
  process.exit(1)
}

const folder = statSync(target).isDirectory() ? target : dirname(target)
try {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (about.version) app.setVersion(about.version)
  app.setName(about.productName ?? about.name ?? app.getName())
} catch (error) {
  if (error.code !== 'ENOENT') throw error
}
app.setAppPath(folder)
process.defaultApp = true

const load = createRequire(join(folder, 'noop.js'))
for (const module of preloads) load(module)
try {
  await import(pathToFileURL(load.resolve(target)).href)
} catch (error) {
  console.error(error)
  process.exit(1)
}
