import { relative } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './bootstrap.mjs'
import { packagesWithTests } from './packages-with-tests.ts'

it('knows every workspace with tests, and leaves out the peers, which run by a command of their own', () => {
  const folders = packagesWithTests(root).map((folder) => relative(root, folder))
  expect(folders).toEqual(expect.arrayContaining(['packages/dns', 'apps/desktop', 'bench', 'scripts']))
  expect(folders).not.toContain('test-peers')
})
