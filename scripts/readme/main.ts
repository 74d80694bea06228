import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../lib/bootstrap.mjs'
import { planText } from './plan-text.ts'
import { terminalPicture } from './terminal-picture.ts'

// `npm run readme:picture`: docs/plan.svg from what terraform plan prints for the README's configuration.
await writeFile(join(root, 'docs', 'plan.svg'), terminalPicture(await planText()))
