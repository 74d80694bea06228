import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { main } from '../src/install/cli.ts'
import { bundle, scriptFile } from './bundle.mjs'

// The provider of this checkout, built and put into a mirror.
await mkdir(dirname(scriptFile), { recursive: true })
await writeFile(scriptFile, await bundle())
await chmod(scriptFile, 0o755)
process.exitCode = await main(['install', ...process.argv.slice(2)], process.stdout, process.stderr)
