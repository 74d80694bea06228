import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { schemaJson } from '@dmarc-as-code/terraform-provider'
import { expect, it } from 'vitest'
import { generateBindings, type ProviderSchemaJson } from '../codegen/generate-bindings.ts'
import manifest from '../package.json' with { type: 'json' }

it("src/generated is what the provider's schema makes (if not: npm run generate)", { timeout: 60_000 }, async () => {
  const files = await generateBindings(schemaJson() as unknown as ProviderSchemaJson, manifest.version)
  expect(files.size).toBeGreaterThan(8)
  for (const [name, text] of files) {
    const committed = await readFile(join(import.meta.dirname, '..', 'src', 'generated', name), 'utf8')
    expect(committed === text, `src/generated/${name}: run npm run generate`).toBe(true)
  }
})

it('API.md is what the sources export (if not: npm run generate:api)', { timeout: 60_000 }, async () => {
  const { currentApiDocs } = await import(
    pathToFileURL(join(import.meta.dirname, '..', 'codegen', 'api-docs.mjs')).href
  )
  const current: string = currentApiDocs()
  expect(current.split('\n').length).toBeGreaterThan(300)
  const committed = await readFile(join(import.meta.dirname, '..', 'API.md'), 'utf8')
  expect(committed === current, 'API.md: run npm run generate:api').toBe(true)
})
