import { createHash } from 'node:crypto'
import type { Db } from '../store/open-store.ts'
import { schedule } from '../store/work.ts'
import { mailHeaders, printable } from './mail-headers.ts'

export type ReportWay = 'smtp' | 'https' | 'imap' | 'import'

/** Something that may contain reports, as it came in. */
export interface IncomingMail {
  domainId: number
  way: ReportWay
  /** `mail`: it counts if the mail is authenticated as its reporter's; `always`: the operator vouches for it; `never`. */
  trust: 'mail' | 'always' | 'never'
  raw: Uint8Array
  clientAddress?: string | undefined
  helo?: string | undefined
  envelopeFrom?: string | undefined
}

/** What one domain may be sent in a UTC day: anybody can read its report addresses in DNS. */
const dailyMails = 20_000
const dailyBytes = 1024 * 1024 * 1024

/** The domain was sent more today than it may be: the sender is asked to come again. */
export class TooMuchMailError extends Error {
  override readonly name = 'TooMuchMailError'
}

async function checkBudget(tx: Db, { domainId, raw }: IncomingMail, now: number): Promise<void> {
  const { mails, bytes } = await tx
    .selectFrom('report_mails')
    .select((select) => [
      select.fn.countAll<number | string>().as('mails'),
      select.fn.sum<number | string | null>('size').as('bytes'),
    ])
    .where('domain_id', '=', domainId)
    .where('received_at', '>=', now - (now % 86_400_000))
    .where('way', '<>', 'import')
    .executeTakeFirstOrThrow()
  if (Number(mails) >= dailyMails || Number(bytes ?? 0) + raw.length > dailyBytes) {
    throw new TooMuchMailError(`Domain ${domainId} was sent ${mails} mails with ${bytes} bytes today.`)
  }
}

/**
 * Takes a mail in: once the transaction is committed it is on disk, and a worker reads it. Returns its id.
 *
 * @throws {TooMuchMailError} when the domain was sent too much today; imports are not limited
 */
export async function acceptMail(tx: Db, mail: IncomingMail, now: number): Promise<number> {
  if (mail.way !== 'import') await checkBudget(tx, mail, now)
  const { from, subject, messageId } = mailHeaders(mail.raw)
  const { id } = await tx
    .insertInto('report_mails')
    .values({
      domain_id: mail.domainId,
      way: mail.way,
      received_at: now,
      state: 'waiting',
      trust: mail.trust,
      client_address: mail.clientAddress ?? null,
      helo: mail.helo === undefined ? null : printable(mail.helo),
      envelope_from: mail.envelopeFrom === undefined ? null : printable(mail.envelopeFrom),
      from_address: from,
      subject,
      message_id: messageId,
      authentication: null,
      sha256: createHash('sha256').update(mail.raw).digest('hex'),
      size: mail.raw.length,
      raw: Buffer.from(mail.raw),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await schedule(tx, 'report', String(id), now)
  return id
}
