import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DraftStore } from './draft-store.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drafts-'))
  path = join(folder, 'drafts.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const draft = { base: 'v=DMARC1; p=none', fields: '{"p":"reject"}' }

describe('DraftStore', () => {
  it('gives the drafts back after a restart', () => {
    const store = new DraftStore(path, () => {})
    store.save('dmarc a', draft)
    store.save('dmarc b', draft)
    store.discard('dmarc b')
    store.write()
    expect(new DraftStore(path, () => {}).view).toEqual({ 'dmarc a': draft })
  })

  it('drops the oldest drafts beyond its limit', () => {
    const store = new DraftStore(path, () => {})
    for (let count = 0; count < 250; count++) store.save(`dmarc ${count}`, draft)
    expect(Object.keys(store.view)).toHaveLength(200)
    expect(store.view['dmarc 0']).toBeUndefined()
  })

  it('starts empty on a damaged file', () => {
    writeFileSync(path, '{"half')
    expect(new DraftStore(path, () => {}).view).toEqual({})
  })
})
