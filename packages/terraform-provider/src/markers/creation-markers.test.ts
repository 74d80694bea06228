import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fileMarkers, type MarkerScope } from './creation-markers.ts'

const scope: MarkerScope = { endpoint: 'https://a.test', token: 'one', workspace: 'default', folder: '/module' }

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'markers-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return join(path, 'deeper')
}

describe('creation markers', () => {
  it('give the next process the key and the ID of an object that this process created and Terraform may not have', async () => {
    const path = await folder()
    const first = await fileMarkers(path, scope).begin('domain', '1/a.test', [7])
    expect(first).toMatchObject({ interrupted: false, createdId: undefined })
    await first.created(41)
    const { idempotencyKey } = first
    const next = await fileMarkers(path, scope).begin('domain', '1/a.test')
    expect(next).toMatchObject({ interrupted: true, createdId: 41, idempotencyKey, note: [7] })
    expect(await fileMarkers(path, scope).begin('domain', '1/b.test')).toMatchObject({ interrupted: false })
  })

  it.each([
    ['endpoint', { endpoint: 'https://b.test' }],
    ['token', { token: 'two' }],
    ['workspace', { workspace: 'staging' }],
    ['root module', { folder: '/other' }],
  ])('of another %s are no proof', async (_, other) => {
    const path = await folder()
    await (await fileMarkers(path, scope).begin('tag', 'Live')).created(1)
    expect(await fileMarkers(path, { ...scope, ...other }).begin('tag', 'Live')).toMatchObject({
      interrupted: false,
      createdId: undefined,
    })
  })

  it('hold no token', async () => {
    const path = await folder()
    await fileMarkers(path, { ...scope, token: 'canary' }).begin('tag', 'Live')
    expect((await readdir(path)).join()).not.toContain('canary')
  })

  it('of this process are no sign of a dead one: two objects of one name have a marker each', async () => {
    const path = await folder()
    const markers = fileMarkers(path, scope)
    const [one, other] = [await markers.begin('account', 'Team'), await markers.begin('account', 'Team')]
    expect(other).toMatchObject({ interrupted: false })
    expect(other.idempotencyKey).not.toBe(one.idempotencyKey)
    expect(await readdir(path)).toHaveLength(2)
  })

  it('go when nothing was created, and leave no file behind', async () => {
    const path = await folder()
    await (await fileMarkers(path, scope).begin('tag', 'x')).discard()
    expect(await readdir(path)).toEqual([])
  })

  it('go when Terraform has the results, but for those whose outcome is unknown', async () => {
    const path = await folder()
    const markers = fileMarkers(path, scope)
    await (await markers.begin('tag', 'made')).created(1)
    const unknown = await markers.begin('tag', 'unknown')
    await markers.settled()
    expect(await fileMarkers(path, scope).begin('tag', 'made')).toMatchObject({ interrupted: false })
    expect(await fileMarkers(path, scope).begin('tag', 'unknown')).toMatchObject({
      interrupted: true,
      idempotencyKey: unknown.idempotencyKey,
    })
  })

  it('do not offer an object that the state holds', async () => {
    const path = await folder()
    await (await fileMarkers(path, scope).begin('domain', '1/a.test')).created(41)
    const markers = fileMarkers(path, scope)
    await markers.inState('domain', '41')
    expect(await markers.begin('domain', '1/a.test')).toMatchObject({ interrupted: false, createdId: undefined })
  })

  it('work without a folder to write to, only then nothing is noted', async () => {
    const path = await folder()
    await writeFile(path, 'a file in the place of the folder')
    await (await fileMarkers(path, scope).begin('tag', 'x')).created(1)
    expect(await fileMarkers(path, scope).begin('tag', 'x')).toMatchObject({ interrupted: false })
  })
})
