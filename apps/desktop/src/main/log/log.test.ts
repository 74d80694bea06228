import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redactor } from '@dmarc-as-code/primitives'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Log } from './log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('keeps an error with its causes, and no secret in any spelling', () => {
  const redactor = new Redactor()
  redactor.add('ca na/ry+1')
  const log = new Log(join(folder, 'app.log'), redactor, () => 0)
  log.write('check failed', new Error('outer ca na/ry+1', { cause: new Error('at ?t=ca%20na%2Fry%2B1') }))
  expect(readFileSync(log.path, 'utf8')).toBe(
    '1970-01-01T00:00:00.000Z check failed Error: outer [redacted] <- Error: at ?t=[redacted]\n',
  )
})

it('moves a long log aside', () => {
  const log = new Log(join(folder, 'app.log'), new Redactor(), () => 0)
  writeFileSync(log.path, 'x'.repeat(600 * 1024))
  log.write('new')
  expect(readFileSync(log.path, 'utf8')).toContain('new')
  expect(readFileSync(`${log.path}.1`, 'utf8')).toHaveLength(600 * 1024)
})
