import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { schemaJson } from '@dmarc-as-code/terraform-provider'
import manifest from '../package.json' with { type: 'json' }
import { generateBindings, type ProviderSchemaJson } from './generate-bindings.ts'

// `npm run generate`: regenerates src/generated from the provider's schema. A test fails when it is outdated.
const folder = join(import.meta.dirname, '..', 'src', 'generated')
const files = await generateBindings(schemaJson() as unknown as ProviderSchemaJson, manifest.version)
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
for (const [name, text] of files) await writeFile(join(folder, name), text)
console.log(`${files.size} files written to src/generated`)
