import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from './bootstrap.mjs'

const right = [
  ['packages/client/src/a.ts', '@dmarc-as-code/records'],
  ['packages/dns/src/a.ts', '../wire/names.ts'],
  ['apps/server/src/a.ts', '@dmarc-as-code/dns'],
  ['packages/dns/src/a.test.ts', '@dmarc-as-code/server/sandbox'],
] as const
const wrong = [
  ['packages/records/src/b.ts', '@dmarc-as-code/client'],
  ['packages/dns/src/b.ts', '@dmarc-as-code/client'],
  ['packages/dns/src/c.ts', '@dmarc-as-code/server/sandbox'],
  ['packages/terraform-plugin/src/b.ts', '@dmarc-as-code/records'],
  ['packages/dns/src/deep/b.ts', '../../../records/src/index.ts'],
  ['packages/dns/src/b.test.ts', '../../client/src/index.ts'],
  ['apps/desktop/src/main/b.ts', '../../../../packages/dns/src/index.ts'],
] as const

let folder: string
let refused: Set<string>

// The linter with this repository's rules, in a house of the same plan.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'))
  const rules = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...rules, vcs: { enabled: false } }))
  for (const [file, imported] of [...right, ...wrong]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `import { x } from '${imported}'\n\nexport const y = x\n`)
  }
  const biome = join(root, 'node_modules/.bin/biome')
  const { stdout } = spawnSync(biome, ['lint', '--reporter=github', '--only=style/noRestrictedImports', '.'], {
    cwd: folder,
    encoding: 'utf8',
  })
  // The whole path is printed; what counts begins at the workspace.
  const found = stdout.matchAll(/noRestrictedImports,file=[^,]*?((?:packages|apps)\/[^,]+)/g)
  refused = new Set([...found].map(([, file]) => String(file)))
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each(right)('%s may import %s', (file) => {
  expect(refused).not.toContain(file)
})

test.each(wrong)('fails for %s importing %s', (file) => {
  expect(refused).toContain(file)
})
