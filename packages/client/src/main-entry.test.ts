import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** Every module the main entry loads at run time, and every package it names, by following the imports in the sources. */
function runtimeImports(entry: URL, files = new Set<string>(), packages = new Set<string>()) {
  const path = fileURLToPath(entry)
  if (files.has(path)) return { files, packages }
  files.add(path)
  // Imports that are erased: `import type`, `export type`, and lists in which each name is a type.
  const statements = readFileSync(path, 'utf8').matchAll(
    /^(?:import|export)\s+(?!type\b)([^;]*?)\s*from\s+'([^']+)'/gms,
  )
  for (const [, names = '', specifier = ''] of statements) {
    const listed = /^\{([\s\S]*)\}$/.exec(names)?.[1]
    if (listed?.split(',').every((name) => /^\s*(type\s|$)/.test(name))) continue
    if (specifier.startsWith('.')) runtimeImports(new URL(specifier, entry), files, packages)
    else packages.add(specifier)
  }
  return { files, packages }
}

it('the main entry loads neither zod nor anything of Node, so it starts at once and runs in a browser', () => {
  const { files, packages } = runtimeImports(new URL('./index.ts', import.meta.url))
  expect([...packages].sort()).toEqual([
    '@dmarc-as-code/primitives',
    '@dmarc-as-code/records',
    '@dmarc-as-code/records/words',
  ])
  expect([...files].filter((file) => file.includes('/contract/'))).toEqual([])
  expect(files.size).toBeGreaterThan(20)
})

it('a client loads what writes, looks at hosted records and reads lists only when it is needed', () => {
  const { files, packages } = runtimeImports(new URL('./client.ts', import.meta.url))
  // The main entry of records would bring its parsers along.
  expect([...packages].sort()).toEqual(['@dmarc-as-code/primitives', '@dmarc-as-code/records/words'])
  const early = [...files].filter((file) =>
    /\/src\/(?:writes|verify|memberships|on-demand)|walk-list|paging/.test(file),
  )
  expect(early).toEqual([])
})

it('the contract does load zod', () => {
  const { packages } = runtimeImports(new URL('./contract/index.ts', import.meta.url))
  expect([...packages].sort()).toEqual([
    '@dmarc-as-code/records',
    '@dmarc-as-code/records/reasons',
    '@dmarc-as-code/records/words',
    'zod',
  ])
})
