import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Resolver } from '@dmarc-as-code/dns/resolver'
import { reasonText } from '@dmarc-as-code/records/reasons'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config/schema.ts'
import type { CurrentRecords } from '../current/current-records.ts'
import type { Store } from '../store/open-store.ts'
import { schedule } from '../store/work.ts'
import { type Next, startWorker, type Work } from '../workers/worker.ts'
import { noticeAlerts, noticeOverdue } from './alerts.ts'
import { AuthenticationDelayedError, authenticateMail } from './authenticate-mail.ts'
import { knownReporters } from './known-reporters.ts'
import { lookAtStatus, scheduleStatusLooks } from './look-at-status.ts'
import { domainOfAddress } from './mail-headers.ts'
import { giveUpMail, type ProcessContext, processMail } from './process-mail.ts'
import { readMailbox } from './read-mailbox.ts'
import { receiveSmtp } from './receive-smtp.ts'
import { sweepReports, untilNextHour } from './retention.ts'

export interface ReportsOptions {
  store: Store
  config: Config
  reportHost: string
  /** Name of the hosted zone. */
  zone: string
  resolver: Resolver
  current: CurrentRecords
  now: () => number
  log: FastifyBaseLogger
}

export interface Reports {
  /** Where mail is received; undefined without `reports.smtp`. */
  smtp: { address: string; port: number } | undefined
  /** A mail was stored and can be read. */
  wake: () => void
  stop: () => Promise<void>
}

/** Mails read at the same time in one process: each needs a thread. */
const slots = 2
const lease = 5 * 60_000
const hour = 3_600_000
const day = 24 * hour
/** Looks at domains that are not hosted here, at the same time in one process; each asks a few questions a day. */
const statusSlots = 4
/** Milliseconds over which the first looks are spread. */
const firstLook = 10 * 60_000
/** After so many attempts, about 15 minutes, a mail is taken as it is: without trust, or as unreadable. */
const mostAttempts = 10

/** Receives reports and reads them in the background. */
export async function startReports(options: ReportsOptions): Promise<Reports> {
  const { store, config, reportHost, zone, resolver, current, now, log } = options
  const pause = day / config.verification.pace
  const counts = knownReporters(config.reports.reporters)
  const common = { store, owner: `${hostname()} ${randomUUID()}`, now, random: Math.random, log }
  const reading = startWorker({
    ...common,
    task: 'report',
    concurrency: slots,
    lease,
    perform: (work) =>
      readMail(work, { store, now, counts, authenticate: (mail, signal) => authenticateMail(mail, resolver, signal) }),
  })
  const alerting = startWorker({
    ...common,
    task: 'report-alerts',
    concurrency: 1,
    lease,
    poll: 30_000,
    async perform({ subject }) {
      await noticeAlerts(store, Number(subject), now())
      return { at: null, attempt: 0 }
    },
  })
  const looking = startWorker({
    ...common,
    task: 'status',
    concurrency: statusSlots,
    lease,
    poll: 10_000,
    async perform({ subject, signal }) {
      const again = await lookAtStatus(Number(subject), { store, current, zone, now }, signal)
      return { at: again ? now() + pause : null, attempt: 0 }
    },
  })
  const sweeping = startWorker({
    ...common,
    task: 'report-sweep',
    concurrency: 1,
    lease: 30 * 60_000,
    poll: 60_000,
    async perform({ signal }) {
      await sweepReports(store, now(), signal)
      await noticeOverdue(store, now())
      if ((await scheduleStatusLooks({ store, now }, firstLook / config.verification.pace, Math.random)) > 0)
        looking.wake()
      // A day or month that begins is seen at once.
      return { at: now() + Math.min(untilNextHour(now()), hour / config.verification.pace), attempt: 0 }
    },
  })
  void schedule(store.db, 'report-sweep', 'all', now()).then(sweeping.wake, (error) => {
    log.error({ err: error }, 'could not schedule the clean-up of reports')
  })
  const { smtp: settings, imap } = config.reports
  const collecting =
    imap &&
    startWorker({
      ...common,
      task: 'report-mailbox',
      concurrency: 1,
      lease,
      async perform({ signal }) {
        const { taken, left, more } = await readMailbox({ store, settings: imap, now, log, signal })
        if (taken + left > 0) log.info({ taken, left }, 'mails taken from the mailbox for reports')
        if (taken > 0) reading.wake()
        return { at: now() + (more ? 0 : imap.interval), attempt: 0 }
      },
    })
  if (collecting) {
    void schedule(store.db, 'report-mailbox', 'all', now()).then(collecting.wake, (error) => {
      log.error({ err: error }, 'could not schedule the look into the mailbox for reports')
    })
  }
  const stopWorkers = () =>
    Promise.all([reading.stop(), alerting.stop(), looking.stop(), sweeping.stop(), collecting?.stop()])
  if (!settings && !imap && config.reports.exchanges.length === 0) {
    log.warn(
      'nobody receives reports: set reports.smtp to receive them here, reports.exchanges to your mail servers, or reports.imap to read a mailbox',
    )
  }
  try {
    const smtp = settings && (await receiveSmtp({ store, settings, reportHost, now, log, onMail: reading.wake }))
    return {
      smtp: smtp && { address: smtp.address, port: smtp.port },
      wake: reading.wake,
      async stop() {
        await smtp?.close()
        await stopWorkers()
      },
    }
  } catch (error) {
    await stopWorkers()
    throw error
  }

  async function readMail(work: Work, context: ProcessContext): Promise<Next> {
    const id = Number(work.subject)
    const last = work.attempt + 1 >= mostAttempts
    try {
      const processed = await processMail(id, last ? withoutDelay(context) : context, work.signal)
      if (processed) log.info({ mail: id, ...processed }, 'mail with reports read')
    } catch (error) {
      if (!last || work.signal.aborted) throw error
      log.error({ err: error, mail: id }, 'a mail could not be read; it is set aside')
      const { explanation } = reasonText('report_intake', 'reading-failed')
      await giveUpMail(id, store, { code: 'reading-failed', message: explanation }, now())
    }
    return { at: null, attempt: 0 }
  }
}

/** The last attempt takes a mail whose sender cannot be looked up as one without trust. */
const withoutDelay = (context: ProcessContext): ProcessContext => ({
  ...context,
  authenticate: (mail, signal) =>
    context.authenticate(mail, signal).catch((error: unknown) => {
      if (!(error instanceof AuthenticationDelayedError)) throw error
      return { from: domainOfAddress(mail.from_address) ?? null, dkim: [], spf: null, aligned: false }
    }),
})
