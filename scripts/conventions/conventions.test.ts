import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../lib/bootstrap.mjs'
import { conventionFaults } from './test-file.ts'

const folders = ['packages/*', 'apps/*', 'bench', 'scripts', 'test-support', 'test-peers']
const files = globSync(
  folders.map((folder) => `${folder}/**/*.{test,e2e,package,peer}.{ts,tsx}`),
  { cwd: root, exclude: (path) => /(?:^|\/)(?:node_modules|dist|out)$/.test(path) },
).sort()

describe('tests of this repository', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(300)
  })

  it.each([...new Set(files.map((file) => file.replace(/^((?:packages|apps)\/[^/]+|[^/]+)\/.*$/, '$1')))])(
    'use `it`, plain titles and no fixed sleeps in %s',
    (folder) => {
      const faults = files
        .filter((file) => file.startsWith(`${folder}/`))
        .flatMap((file) => conventionFaults(file, readFileSync(join(root, file), 'utf8')))
      expect(faults).toEqual([])
    },
  )
})
