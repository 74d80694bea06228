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
    const [mine = {}, theirs = {}] = [ours.provider_schemas[source], printed.provider_schemas[source]]
    // Terraform prints identities from 1.12 on, lists and actions from 1.14 on, and new kinds with each release.
    const both = (schema: object) => Object.fromEntries(Object.entries(schema).filter(([kind]) => kind in theirs))
    expect(withoutEmptyDescriptions(both(mine))).toEqual(withoutEmptyDescriptions(theirs))
    expect(mine).toMatchObject({
      list_resource_schemas: { toy_ticket: { block: { attributes: { title: { optional: true } } } } },
      resource_identity_schemas: { toy_ticket: { attributes: { id: { required_for_import: true } } } },
      action_schemas: { toy_restart: { block: { attributes: { name: { required: true } } } } },
    })
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
