import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { root } from '../lib/bootstrap.mjs'
import { exportsOf } from './documented.ts'

const client = 'packages/client/src'
/** The entry points whose documentation is complete, and the classes that a client hands out. */
const entries = [
  `${client}/index.ts`,
  ...['accounts', 'domains', 'domain-memberships', 'tags', 'user-memberships'].map(
    (name) => `${client}/resources/${name}.ts`,
  ),
  `${client}/reports/index.ts`,
  `${client}/reports/reports.ts`,
  'packages/records/src/index.ts',
  'packages/records/src/words.ts',
]

/** What most people call first. */
const mostUsed = {
  client: [
    'DmarcReportClient',
    'Domains.list',
    'Domains.get',
    'Domains.create',
    'Domains.update',
    'Domains.hostedServices',
    'Domains.verifyHostedDmarc',
    'waitUntilReady',
    'takeOverCurrent',
    'ApiPromise.withResponse',
  ],
  records: [
    'parseDmarc',
    'formatDmarc',
    'selectDmarc',
    'discoverDmarc',
    'isAligned',
    'compareDmarc',
    'verdictOf',
    'parseConsent',
    'takeOverDmarc',
    'parseMtaStsPolicy',
  ],
}

describe('hover documentation', () => {
  it.each(entries)('is on every export and member of %s', (entry) => {
    const all = exportsOf(entry)
    expect(all.length).toBeGreaterThan(2)
    expect(all.filter(({ documented }) => !documented).map(({ place, name }) => `${place} ${name}`)).toEqual([])
  })

  it.each(Object.entries(mostUsed))('has an example on the ten most used of %s', (name, wanted) => {
    const all = entries.filter((entry) => entry.startsWith(`packages/${name}/`)).flatMap(exportsOf)
    expect(wanted.filter((each) => !all.some((one) => one.name === each && one.example))).toEqual([])
  })

  it('is found missing on exports, members and what another file exports', () => {
    const folder = mkdtempSync(join(tmpdir(), 'documented-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(
      join(folder, 'index.ts'),
      "export { a, type B as C } from './other.ts'\n/** D. */\nexport const d = 1\n",
    )
    const other =
      '/** A. */\n\nexport const a = 1\nexport interface B {\n  /** Said. */\n  x: 1\n  y: 2\n}\nexport const hidden = 1\n'
    writeFileSync(join(folder, 'other.ts'), other)
    const found = exportsOf(relative(root, join(folder, 'index.ts')))
    expect(found.map(({ name, documented }) => [name, documented])).toEqual([
      ['a', true],
      ['C', false],
      ['C.x', true],
      ['C.y', false],
      ['d', true],
    ])
  })
})
