import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { RunClaims, thisRun } from './run-claims.ts'

const scope = { workspace: 'default', folder: '/module' }
const { signal } = new AbortController()

async function tempFolder() {
  const path = await mkdtemp(join(tmpdir(), 'run-claims-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return join(path, 'deeper')
}

/** Runs a process that takes the lock of a name, publishes it, and dies without letting go. */
function otherProcess(folder: string, run: string): void {
  const script = `import { RunClaims } from ${JSON.stringify(join(import.meta.dirname, 'run-claims.ts'))}
const claims = new RunClaims(${JSON.stringify(folder)}, ${JSON.stringify(scope)}, ${JSON.stringify(run)})
await claims.lock('x', new AbortController().signal)
await claims.confirm('x', 'theirs')`
  execFileSync(process.execPath, ['--conditions=@dmarc-as-code/source', '--input-type=module', '-e', script])
}

it('names the resource of another process that has published a name, and takes over the lock of a dead process', async () => {
  const [folder, run] = [await tempFolder(), thisRun()]
  otherProcess(folder, run)
  const claims = new RunClaims(folder, scope, run)
  expect(claims.owner('x')).toBe('theirs')
  expect(claims.owner('y')).toBe(undefined)
  expect(new RunClaims(folder, { ...scope, workspace: 'other' }, run).owner('x')).toBe(undefined)
  expect(new RunClaims(folder, scope, '1-1').owner('x')).toBe(undefined)
  const release = await claims.lock('x', signal)
  await release()
  expect((await readdir(folder)).filter((name) => name.startsWith('lock'))).toEqual([])
})

it('lets one work on a name at a time, and stop waiting when Terraform is interrupted', async () => {
  const folder = await tempFolder()
  const [one, other] = [new RunClaims(folder, scope, '1-1'), new RunClaims(folder, scope, '1-1')]
  const release = await one.lock('x', signal)
  const abort = new AbortController()
  const waiting = other.lock('x', abort.signal)
  abort.abort()
  await expect(waiting).rejects.toThrow()
  let got = false
  const second = other.lock('x', signal).then((letGo) => {
    got = true
    return letGo
  })
  await (await one.lock('y', signal))()
  expect(got).toBe(false)
  await release()
  await (await second)()
})

it('removes what a run has left that is over', async () => {
  const [folder, ended] = [await tempFolder(), '999999999-7']
  otherProcess(folder, ended)
  expect((await readdir(folder)).length).toBe(2)
  await (await new RunClaims(folder, scope, thisRun()).lock('z', signal))()
  expect(await readdir(folder)).toEqual([])
})

it('works where the folder cannot be written', async () => {
  const folder = await tempFolder()
  await writeFile(join(folder, '..', 'file'), '')
  const claims = new RunClaims(join(folder, '..', 'file'), scope, thisRun())
  const release = await claims.lock('x', signal)
  await claims.confirm('x', 'mine')
  await release()
  expect(claims.owner('x')).toBe(undefined)
})
