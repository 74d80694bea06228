import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore, type Store } from '../src/store/open-store.ts'
import { createUser } from '../src/store/users.ts'
import { describeEngines } from './engines.ts'
import { begin, ownRecord, reportMail, reportXml } from './sample-reports.ts'
import { deliver } from './smtp-client.ts'
import { insertTestDomain } from './test-domain.ts'

const script = new URL('server-process.ts', import.meta.url).pathname
/** Mails that are acknowledged; DMARC_CRASH_MAILS=2000 runs the long form. */
const mails = Number(process.env.DMARC_CRASH_MAILS ?? 40)
const kills = 2
const senders = 4
const messagesEach = 12

describeEngines('a server killed while it receives reports', (fresh) => {
  let location: string
  let store: Store
  let child: ChildProcess | undefined
  let port = 0

  beforeEach(async () => {
    location = await fresh()
    store = await openStore(location)
    const user = await createUser(store.db, { email: 'owner@example.com', plan: 'standard', now: Date.now() })
    await insertTestDomain(store, user.id, 'example.test', 'abc')
  })
  afterEach(async () => {
    await kill()
    await store?.close()
  })

  async function start(): Promise<void> {
    const zone = { name: 'hosting.test', nameServers: [{ name: 'ns.example.net' }], listen: { port: 0 } }
    child = spawn(process.execPath, ['--conditions=@dmarc-as-code/source', script], {
      env: {
        PATH: process.env.PATH,
        DMARC_SERVER_STORE: location,
        DMARC_SERVER_API__PORT: '0',
        DMARC_SERVER_HOSTED_ZONE: JSON.stringify(zone),
        DMARC_SERVER_REPORTS: JSON.stringify({ smtp: { listen: { port: 0 }, mailsPerMinuteAndAddress: 1_000_000 } }),
        DMARC_SERVER_POLICY_HOST__LISTEN__PORT: '0',
        DMARC_SERVER_VERIFICATION: JSON.stringify({ recursors: [] }),
        DMARC_SERVER_LOG: 'silent',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (!child.stdout) throw new Error('the server has no output')
    for await (const line of createInterface(child.stdout)) {
      port = JSON.parse(line).smtp.port
      return
    }
    throw new Error(`the server exited with ${child.exitCode} before it listened`)
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  it(
    'loses no accepted mail and counts none twice',
    async () => {
      await start()
      let accepted = 0
      let killed = 0
      /** Sends until it is accepted, as a mail server with a queue does. */
      const send = async (number: number) => {
        const records = [ownRecord(messagesEach, `192.0.2.${number % 250}`)]
        const raw = reportMail(reportXml({ reportId: `r${number}`, begin: begin - 86_400, records }))
        for (;;) {
          const mail = { from: 'dmarc@receiver.example', to: ['abc.a@reports.hosting.test'], raw }
          if (/^250/.test(await deliver(port, mail))) return
          await delay(20)
        }
      }
      let next = 0
      const sender = async () => {
        // A fast machine has sent all before the last kill is over: the load goes on until then.
        while (next < mails || killed < kills) {
          await send(next++)
          accepted += 1
        }
      }
      const killer = async () => {
        while (killed < kills) {
          // After a number of mails, not after a time, so that the load is real on every machine.
          const wanted = accepted + Math.floor(mails / 6)
          while (accepted < wanted) await delay(5)
          await kill()
          await start()
          killed += 1
        }
      }
      await Promise.all([killer(), ...Array.from({ length: senders }, sender)])

      const waiting = () =>
        store.db
          .selectFrom('report_mails')
          .select('id')
          .where('state', '=', 'waiting')
          .execute()
          .then((rows) => rows.length)
      // A mail whose reader was killed is read again once its lease has ended; here nobody has to wait for that.
      await store.db.updateTable('work').set({ lease_until: 0 }).where('task', '=', 'report').execute()
      await expect.poll(waiting, { timeout: 90_000 }).toBe(0)
      const reports = await store.db.selectFrom('reports').select('report_id').execute()
      expect(new Set(reports.map(({ report_id }) => report_id)).size).toBe(next)
      expect(reports).toHaveLength(next)
      const counts = async (table: 'day_totals' | 'report_rows') =>
        (await store.db.selectFrom(table).select('count').execute()).reduce((sum, { count }) => sum + count, 0)
      expect([await counts('day_totals'), await counts('report_rows')]).toEqual([
        next * messagesEach,
        next * messagesEach,
      ])
    },
    120_000 + mails * 500,
  )
})
