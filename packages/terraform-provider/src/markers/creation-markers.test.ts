import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { fileMarkers } from './creation-markers.ts'

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'intents-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return join(path, 'deeper')
}

it('tells the next process what this one has begun and not ended', async () => {
  const path = await folder()
  expect(await fileMarkers(path).begin('domain', '1/a.test', [7])).toBeUndefined()
  expect(await fileMarkers(path).begin('domain', '1/a.test')).toEqual({ note: [7] })
  expect(await fileMarkers(path).begin('domain', '1/b.test')).toBeUndefined()
})

it('does not take what it has begun itself for a sign of a dead process', async () => {
  const intents = fileMarkers(await folder())
  await intents.begin('account', 'Team')
  expect(await intents.begin('account', 'Team')).toBeUndefined()
})

it('forgets what was ended, and leaves no file behind', async () => {
  const path = await folder()
  await fileMarkers(path).begin('tag', 'x')
  await fileMarkers(path).end('tag', 'x')
  expect(await readdir(path)).toEqual([])
  expect(await fileMarkers(path).begin('tag', 'x')).toBeUndefined()
})

it('works without a folder to write to, only then nothing is noted', async () => {
  const path = await folder()
  await writeFile(path, 'a file in the place of the folder')
  expect(await fileMarkers(path).begin('tag', 'x')).toBeUndefined()
  await fileMarkers(path).end('tag', 'x')
})
