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

/** Takes a mail in: once the transaction is committed it is on disk, and a worker reads it. Returns its id. */
export async function acceptMail(tx: Db, mail: IncomingMail, now: number): Promise<number> {
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
