import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const provider = 'packages/terraform-provider/src/provider.ts'

/** Every module that loads with the provider itself: those behind an `import()` load when they are called. */
async function loadedAtStart(): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [join(root, provider)],
    absWorkingDir: root,
    outdir: root,
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@dmarc-as-code/source'],
    logLevel: 'error',
  })
  const loaded = new Set([provider])
  for (const path of loaded) {
    for (const { kind, path: imported } of metafile.inputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && imported in metafile.inputs) loaded.add(imported)
    }
  }
  return [...loaded]
}

describe('the provider at its start', () => {
  // Terraform starts three to four processes in each run, of which one at most looks at the DNS.
  it('loads of the DNS package what its schema needs, and not the engine or the list of public suffixes', async () => {
    const loaded = await loadedAtStart()
    expect(loaded).toContain('packages/dns/src/services/index.ts')
    const others = loaded.filter(
      (path) => path.startsWith('packages/dns/') && !path.startsWith('packages/dns/src/services/'),
    )
    expect(others).toEqual([])
    expect(loaded.filter((path) => path.includes('node_modules/'))).toEqual([])
  })

  it('loads nothing that only a change needs, such as the comparison with what is live, or the writes', async () => {
    const loaded = await loadedAtStart()
    const forChanges =
      /\/(live\/weakening|domain-(weakening|advice|apply|reconcile)|current-(dmarc|mta-sts)|apply-records)\.ts$/
    expect(loaded.filter((path) => forChanges.test(path))).toEqual([])
  })
})
