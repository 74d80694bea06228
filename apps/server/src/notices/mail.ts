import { createTransport } from 'nodemailer'

export interface NoticeMail {
  to: string
  /** One line. */
  subject: string
  /** Plain text. */
  text: string
  /** The same for each attempt, without angle brackets. */
  messageId: string
}

export interface MailSender {
  /** Hands the mail to the mail server. @throws {Error} when it does not take it */
  send(mail: NoticeMail): Promise<void>
  close(): void
}

/** Milliseconds for each step of a connection. */
const timeout = 15_000

/** Sends mail through a mail server: `smtp://user:password@host:587`, or `smtps://`. */
export function mailSender({ smtp, from }: { smtp: string; from: string }): MailSender {
  const url = new URL(smtp)
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
    secure: url.protocol === 'smtps:',
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, subject, text, messageId }) {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${messageId}>`,
        // RFC 3834: vacation responders leave it alone.
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => transport.close(),
  }
}
