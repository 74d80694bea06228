import { expect, it } from 'vitest'
import { providerSchemaJson } from '../src/index.ts'
import { testProvider } from '../src/testing/index.ts'
import { describeTerraforms } from './support/terraforms.ts'
import { toyProvider } from './toy/provider.ts'

describeTerraforms(({ program }) => {
  it('prints the same schema as ours', async () => {
    await using toy = await testProvider(toyProvider(), { terraform: program, source: 'registry.test/test/toy' })
    await toy.write('')
    const { stdout, stderr } = await toy.run('providers', 'schema', '-json')
    expect(stderr).toBe('')
    const printed = JSON.parse(stdout) as { provider_schemas: { [source: string]: object } }
    const source = 'registry.test/test/toy'
    const ours = providerSchemaJson(toyProvider(), { source }) as typeof printed
    const { list_resource_schemas: lists, ...rest } = ours.provider_schemas[source] as { list_resource_schemas: object }
    // Terraform prints lists from 1.14 on, identities from 1.12 on, and new kinds with each release.
    const shown = Object.entries(printed.provider_schemas[source] ?? {}).filter(([kind]) => kind in rest)
    expect(withoutEmptyDescriptions(rest)).toEqual(withoutEmptyDescriptions(Object.fromEntries(shown)))
    expect(lists).toMatchObject({ toy_ticket: { block: { attributes: { title: { optional: true } } } } })
  })
})

/** Terraform leaves them out from 1.15 on, with their kind. */
function withoutEmptyDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyDescriptions)
  if (typeof value !== 'object' || value === null) return value
  const described = Boolean((value as { description?: unknown }).description)
  const kept = Object.entries(value).filter(([key]) => described || !['description', 'description_kind'].includes(key))
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutEmptyDescriptions(member)]))
}
