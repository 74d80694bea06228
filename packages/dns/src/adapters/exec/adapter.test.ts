import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../../test-support/programs.ts'
import { linesOf } from '../../../../../test-support/zone-dump.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import type { RecordSet } from '../../engine/types.ts'
import { execAdapter } from './adapter.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const zone = 'example.test'
const examples = [
  { program: 'python3', needs: ['python3'], file: 'dns-adapter.py' },
  { program: 'bash', needs: ['bash', 'jq'], file: 'dns-adapter.sh' },
] as const

for (const { program, needs, file } of examples) {
  describe.skipIf(!hasPrograms(...needs))(`the example of a program in ${program}`, () => {
    adapterContract(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'exec-'))
      const store = join(folder, 'zones.json')
      await writeFile(store, JSON.stringify({ [zone]: contractSets(zone) }))
      const command = [program, join(root, 'examples', 'exec', file)]
      const adapter = await execAdapter({ type: 'exec', command }, { env: { ...process.env, DNS_FILE: store } })
      const dump = async () => {
        const zones = JSON.parse(await readFile(store, 'utf8')) as { [zone: string]: RecordSet[] }
        return linesOf(zones[zone] ?? [])
      }
      return { adapter, zone, dump, close: () => rm(folder, { recursive: true }) }
    })
  })
}

describe('a program that misbehaves', () => {
  const start = (way: string, timeout?: number) => {
    const command = [process.execPath, join(root, 'test', 'exec-program.mjs'), way]
    return execAdapter({ type: 'exec', command, timeout })
  }

  it.each<[string, string, RegExp]>([
    ['code', 'unavailable', /ended with code 7 when asked for "zones"/],
    ['text', 'bad-answer', /to "zones" is no JSON object/],
    ['trace', 'unavailable', /ended with code 1/],
    ['refuse', 'forbidden', /The program says: This zone is not yours\./],
    ['odd', 'refused', /The program says: it gave no reason/],
  ])('by "%s" fails with %s and says why', async (way, kind, message) => {
    const adapter = await start(way)
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind, message })
    // What it prints beside its answer may be a traceback with credentials.
    expect(String(failed)).not.toContain('c4n4ry')
  })

  it('is ended when its time is up, and when the caller gives up', async () => {
    const slow = await start('hang', 1500)
    await expect(slow.findZone(zone)).rejects.toMatchObject({ kind: 'timed-out', message: /within 1500 ms/ })
    const patient = await start('hang')
    const abort = new AbortController()
    const asked = patient.findZone(zone, { signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
  })

  it('that is not there is a matter of configuration', async () => {
    for (const command of [['/no/such/program'], []]) {
      await expect(execAdapter({ type: 'exec', command })).rejects.toMatchObject({ kind: 'configuration' })
    }
  })

  it('is another target with other arguments, which its identity does not show', async () => {
    const [one, other] = [(await start('')).identity, (await start('c4n4ry')).identity]
    expect(one).toContain(process.execPath)
    expect(one).not.toBe(other)
    expect((await start('c4n4ry')).identity).toBe(other)
    expect(other).not.toContain('c4n4ry')
  })

  it('may know no zone and no record', async () => {
    const adapter = await start('')
    expect(await adapter.findZone(zone)).toBeUndefined()
    expect(await adapter.read({ id: zone, name: zone }, [zone])).toEqual([])
  })
})
