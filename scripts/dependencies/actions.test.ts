import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../lib/bootstrap.mjs'

const folders = ['.github/workflows', 'examples/ci/.github/workflows']
const workflows = folders.flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)))

describe.each(workflows)('%s', (workflow) => {
  const text = readFileSync(join(root, workflow), 'utf8')

  it('pins every action to a commit, with its release as a comment', () => {
    const uses = [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, action = '']) => action)
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter((action) => !/^(?:\.\/|[\w./-]+@[0-9a-f]{40} # v\d)/.test(action))).toEqual([])
  })

  it('says which permissions its token has', () => {
    expect(text).toMatch(/^permissions:/m)
  })

  it('keeps no credentials in a checkout', () => {
    const checkouts = text.match(/uses: actions\/checkout@/g)?.length ?? 0
    expect(text.match(/persist-credentials: false/g)?.length ?? 0).toBe(checkouts)
  })
})
