import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startDigitalOcean } from '../../../../test-support/dns-services/digitalocean.ts'
import { contractSets } from '../../test/contract-sets.ts'
import { digitalOceanAdapter } from '../adapters/digitalocean/adapter.ts'
import { apply } from './apply.ts'
import { UnfinishedJournalError } from './errors.ts'
import { fileJournalStore } from './file-journal.ts'
import { plan } from './plan.ts'
import { undo } from './undo.ts'

const zone = 'example.test'
const program = fileURLToPath(new URL('../../test/crashing-apply.ts', import.meta.url))

// A TXT, three addresses and a CNAME make way for three CNAMEs: eight single writes, as a service without transactions
// has them. The process is killed after each of them in turn.
describe('a process killed in the middle of apply', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])(
    'after write %i leaves a journal from which undo restores every record',
    async (killAfter) => {
      const folder = await mkdtemp(join(tmpdir(), 'crash-'))
      const service = await startDigitalOcean([{ name: zone, sets: contractSets(zone) }])
      onTestFinished(async () => {
        await service.close()
        await rm(folder, { recursive: true })
      })
      const before = service.dump(zone)
      const child = spawn(
        process.execPath,
        [
          '--conditions=@dmarc-as-code/source',
          '--no-warnings',
          program,
          service.url,
          service.token,
          folder,
          zone,
          `${killAfter}`,
        ],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      )
      const signal = await new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)))
      expect(signal).toBe('SIGKILL')
      expect(service.dump(zone)).not.toEqual(before)

      const journals = fileJournalStore(folder)
      const [journal] = await journals.list()
      if (!journal) throw new Error('the crashed process left no journal')
      expect(journal.state).toBe('applying')
      expect(await readFile(join(folder, `${journal.id}.json`), 'utf8')).not.toContain(service.token)

      const adapter = digitalOceanAdapter({ type: 'digitalocean', baseUrl: service.url, token: service.token })
      const wanted = [{ name: `mta-sts.${zone}`, type: 'CNAME', value: 'key.hosted.test' }] as const
      const again = plan(wanted, adapter, { conflict: 'replace' }).then((planned) =>
        apply(planned, adapter, { journals }),
      )
      await expect(again).rejects.toThrow(UnfinishedJournalError)

      await undo(journal, adapter, { journals })
      expect(service.dump(zone)).toEqual(before)
      expect((await journals.load(journal.id))?.state).toBe('undone')
    },
  )
})
