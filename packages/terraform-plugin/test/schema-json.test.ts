import { expect, test } from 'vitest'
import { providerSchemaJson } from '../src/index.ts'
import { testProvider } from '../src/testing/index.ts'
import { describeTerraforms } from './support/terraforms.ts'
import { toyProvider } from './toy/provider.ts'

describeTerraforms(({ program }) => {
  test('prints the same schema as ours', async () => {
    await using toy = await testProvider(toyProvider(), { terraform: program, source: 'registry.test/test/toy' })
    await toy.write('')
    const { stdout, stderr } = await toy.run('providers', 'schema', '-json')
    expect(stderr).toBe('')
    expect(providerSchemaJson(toyProvider(), { source: 'registry.test/test/toy' })).toEqual(JSON.parse(stdout))
  })
})
