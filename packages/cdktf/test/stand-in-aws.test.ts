import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { schemaJson } from '../../../test-support/stand-in-aws/schema-json.ts'
import { generateBindings, type ProviderSchemaJson } from '../codegen/generate-bindings.ts'
import { peersFolder } from './peers.ts'

/** What a binding says of its schema: each argument with its type, and how it is written (block or not, list or set). */
function facts(code: string): string[] {
  const argument = /readonly (\w+\??: [^;{]+);/g
  const written = /(\w+): \{\s*value: [^\n]*\n\s*isBlock: (\w+),\s*type: "(\w+)",\s*storageClassType: "(\w+)"/g
  // Only of what users cannot set is the role written out in compiled bindings.
  const attribute = /\/\/ (\w+ - computed: true, optional: false, required: false)/g
  return [argument, written, attribute].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => match.slice(1).join(' ')),
  )
}

it.each([
  ['route53-record', 40],
  ['data-aws-route53-zone', 15],
])('the stand-in has the schema of %s in @cdktf/provider-aws', async (module, least) => {
  const schema = schemaJson() as ProviderSchemaJson
  const own = (await generateBindings(schema, '6.0.0')).get(`${module}.ts`) ?? ''
  const real = join(peersFolder, 'node_modules', '@cdktf', 'provider-aws', 'lib', module)
  const [types, code] = await Promise.all(['index.d.ts', 'index.js'].map((file) => readFile(join(real, file), 'utf8')))
  const sorted = (text: string) => [...new Set(facts(text))].sort()
  expect(sorted(own).length).toBeGreaterThan(least)
  expect(sorted(own)).toEqual(sorted(`${types}\n${code}`))
})
