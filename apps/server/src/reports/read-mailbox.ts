import { createHash } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import type { FastifyBaseLogger } from 'fastify'
import type { ImapFlow } from 'imapflow'
import { readSettingsFile } from '../config/read-settings-file.ts'
import type { Config } from '../config/schema.ts'
import type { Store } from '../store/open-store.ts'
import { acceptMail, TooMuchMailError } from './accept-mail.ts'
import { readInput } from './read-input.ts'
import { domainsOfReport, ownersOf } from './report-owners.ts'

export interface MailboxOptions {
  store: Store
  settings: NonNullable<Config['reports']['imap']>
  now: () => number
  log: FastifyBaseLogger
  signal: AbortSignal
}

export interface MailboxLook {
  /** Mails with reports about domains of the account, which are on disk now. */
  taken: number
  /** Mails without one: they are marked, and stay where they are. */
  left: number
  /** There are further mails. */
  more: boolean
}

/** Tells our mails from those that were not looked at, whether somebody has read them or not. */
const keyword = 'DmarcServerSeen'
/** Mails of one look: then others have a chance to claim it. */
const mostMails = 100
const largestMail = 25 * 1024 * 1024
/** Milliseconds to connect, and without any answer. */
const connectTime = 20_000
const silence = 60_000

/**
 * Takes the mails in that it has not seen yet, each marked only when it is on disk: an interrupted look takes one in again, which
 * counts once. Their DKIM signatures say whether they count; where a mail came from, a mailbox does not tell.
 */
export async function readMailbox(options: MailboxOptions): Promise<MailboxLook> {
  const { settings, log, signal } = options
  const client = await connect(settings)
  const closed = () => client.close()
  signal.addEventListener('abort', closed)
  // Whatever waits for the connection rejects as well.
  client.on('error', (error: Error) => log.debug({ err: error }, 'the connection to the mailbox for reports ended'))
  try {
    await client.connect()
    const { permanentFlags } = await client.mailboxOpen(settings.mailbox)
    // Where the server keeps no keywords, the mails that nobody has read are the new ones.
    const mark = permanentFlags?.has('\\*') || permanentFlags?.has(keyword) ? keyword : '\\Seen'
    const waiting =
      (await client.search(mark === keyword ? { unKeyword: keyword } : { seen: false }, { uid: true })) || []
    const look: MailboxLook = { taken: 0, left: 0, more: waiting.length > mostMails }
    for (const uid of waiting.slice(0, mostMails)) {
      signal.throwIfAborted()
      const taken = await takeMail(client, uid, options)
      await client.messageFlagsAdd(String(uid), [mark], { uid: true })
      if (taken && settings.moveTo !== undefined) await client.messageMove(String(uid), settings.moveTo, { uid: true })
      look[taken ? 'taken' : 'left'] += 1
    }
    await client.logout()
    return look
  } catch (error) {
    if (!(error instanceof TooMuchMailError)) throw error
    log.warn(error.message)
    return { taken: 0, left: 0, more: false }
  } finally {
    signal.removeEventListener('abort', closed)
    client.close()
  }
}

async function connect(settings: MailboxOptions['settings']): Promise<ImapFlow> {
  const { host, port, tls, ca, user, password, passwordFile } = settings
  const pass = password ?? (await readSettingsFile(passwordFile ?? '', 'reports.imap.passwordFile')).trim()
  const own = ca === undefined ? undefined : await readSettingsFile(ca, 'reports.imap.ca')
  const { ImapFlow } = await import('imapflow')
  return new ImapFlow({
    host,
    port,
    secure: tls === 'implicit',
    ...(tls === 'starttls' ? { doSTARTTLS: true } : {}),
    ...(own === undefined ? {} : { tls: { ca: [...rootCertificates, own] } }),
    auth: { user, pass },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: connectTime,
    greetingTimeout: connectTime,
    socketTimeout: silence,
    maxLiteralSize: largestMail + 1024,
  })
}

/** False: the mail has no report about a domain of the account. @throws {TooMuchMailError} */
async function takeMail(client: ImapFlow, uid: number, options: MailboxOptions): Promise<boolean> {
  const { store, settings, now, log, signal } = options
  const known = await client.fetchOne(String(uid), { size: true }, { uid: true })
  if (!known) return false
  if ((known.size ?? 0) > largestMail) {
    log.warn({ uid, size: known.size }, 'a mail in the mailbox for reports is larger than 25 MiB')
    return false
  }
  const fetched = await client.fetchOne(String(uid), { source: true }, { uid: true })
  const raw = fetched ? fetched.source : undefined
  if (!raw) return false
  const domains = new Set<number>()
  for (const { outcome } of await readInput(raw, { now: now(), hideKey: 'imap', signal })) {
    if (!outcome.ok) {
      log.warn({ uid, code: outcome.problem.code }, 'a mail in the mailbox for reports could not be read')
      continue
    }
    for (const domain of domainsOfReport(outcome.report)) {
      for (const id of await ownersOf(store.db, domain, settings.account)) domains.add(id)
    }
  }
  const sha256 = createHash('sha256').update(raw).digest('hex')
  await store.transaction(async (tx) => {
    for (const domainId of domains) {
      const before = await tx
        .selectFrom('report_mails')
        .select('id')
        .where('domain_id', '=', domainId)
        .where('way', '=', 'imap')
        .where('sha256', '=', sha256)
        .executeTakeFirst()
      if (!before) await acceptMail(tx, { domainId, way: 'imap', trust: 'mail', raw }, now())
    }
  })
  return domains.size > 0
}
