import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './bootstrap.mjs'

/** Whether the linter lets a file of a package import this. */
function allowed(file: string, imported: string): boolean {
  const result = spawnSync(join(root, 'node_modules/.bin/biome'), ['lint', `--stdin-file-path=${file}`], {
    cwd: root,
    input: `import { x } from '${imported}'\n\nexport const y = x\n`,
  })
  return result.status === 0
}

test.each([
  ['packages/client/src/probe.ts', '@dmarc-as-code/records'],
  ['packages/dns/src/probe.ts', '../wire/names.ts'],
  ['apps/server/src/probe.ts', '@dmarc-as-code/dns'],
  ['packages/dns/src/probe.test.ts', '@dmarc-as-code/server/sandbox'],
])('%s may import %s', (file, imported) => {
  expect(allowed(file, imported)).toBe(true)
})

test.each([
  ['packages/records/src/probe.ts', '@dmarc-as-code/client'],
  ['packages/dns/src/probe.ts', '@dmarc-as-code/client'],
  ['packages/dns/src/probe.ts', '@dmarc-as-code/server/sandbox'],
  ['packages/terraform-plugin/src/probe.ts', '@dmarc-as-code/records'],
  ['packages/dns/src/deep/probe.ts', '../../../records/src/index.ts'],
  ['packages/dns/src/probe.test.ts', '../../client/src/index.ts'],
  ['apps/desktop/src/main/probe.ts', '../../../../packages/dns/src/index.ts'],
])('fails for %s importing %s', (file, imported) => {
  expect(allowed(file, imported)).toBe(false)
})
