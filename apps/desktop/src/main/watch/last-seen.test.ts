import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import { LastSeenFile } from './last-seen.ts'

let path: string
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'seen-')), 'seen.json')
})
afterEach(() => rmSync(join(path, '..'), { recursive: true }))

it('gives back what it kept', () => {
  const seen = new Map([
    ['c1', { accounts: [{ connectionId: 'c1', accountId: 1, title: 'A' }], domains: [domain('a.example')] }],
  ])
  new LastSeenFile(path).write(seen)
  expect(new LastSeenFile(path).read()).toEqual(seen)
})

it.each(['', '{"version":1', '{"version":2,"connections":{}}'])('takes a damaged file as nothing known: %s', (text) => {
  writeFileSync(path, text)
  expect(new LastSeenFile(path).read().size).toBe(0)
})

it('an entry that cannot be read costs that entry only', () => {
  const good = domain('a.example')
  const text = JSON.stringify({ version: 1, connections: { c1: { accounts: [{}], domains: [{ key: 1 }, good] } } })
  writeFileSync(path, text)
  expect(new LastSeenFile(path).read().get('c1')).toEqual({ accounts: [], domains: [good] })
})
