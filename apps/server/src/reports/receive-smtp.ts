import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import { localCa } from '../certificates/local-ca.ts'
import { ConfigError } from '../config/load-config.ts'
import type { Config } from '../config/schema.ts'
import { addressLimit } from '../network/address-limit.ts'
import { clientNetwork } from '../network/client-network.ts'
import type { Store } from '../store/open-store.ts'
import { acceptMail, TooMuchMailError } from './accept-mail.ts'
import { domainOfRecipient } from './recipient.ts'

export interface SmtpOptions {
  store: Store
  settings: NonNullable<Config['reports']['smtp']>
  reportHost: string
  now: () => number
  log: FastifyBaseLogger
  /** A mail was accepted. */
  onMail: () => void
}

export interface SmtpReceiver {
  address: string
  port: number
  close: () => Promise<void>
}

const megabyte = 1024 * 1024
const largestMail = 25 * megabyte
/** Of all mails that are being received: beyond it, senders are asked to come again. */
const largestTotal = 256 * megabyte
const mostConnections = 200
const mostRecipients = 20

/** What the sender is told; `responseCode` is the reply of RFC 5321 section 4.2.3. */
const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode })

/**
 * Receives mail for the report addresses and nothing else. A mail is answered with 250 once it is on disk; what happened to
 * one that was cut off before, the sender knows best and sends it again.
 */
export async function receiveSmtp(options: SmtpOptions): Promise<SmtpReceiver> {
  const { store, settings, reportHost, now, log, onMail } = options
  const { SMTPServer } = await import('smtp-server')
  const limit = addressLimit({ perMinute: settings.mailsPerMinuteAndAddress, now })
  const connections = new Map<string, number>()
  const domains = new WeakMap<SMTPServerSession, Map<string, number>>()
  let receiving = 0

  const server = new SMTPServer({
    name: reportHost,
    banner: 'reports only',
    size: largestMail,
    maxClients: mostConnections,
    socketTimeout: 60_000,
    closeTimeout: 1000,
    disableReverseLookup: true,
    authOptional: true,
    disabledCommands: ['AUTH'],
    logger: false,
    ...(await certificateOf(settings, reportHost, now)),
    onConnect(session, callback) {
      const network = clientNetwork(session.remoteAddress)
      const open = (connections.get(network) ?? 0) + 1
      connections.set(network, open)
      callback(
        open > settings.connectionsPerAddress ? reply(421, '4.7.0 Too many connections from your address') : null,
      )
    },
    onClose(session) {
      const network = clientNetwork(session.remoteAddress)
      const left = (connections.get(network) ?? 1) - 1
      if (left > 0) connections.set(network, left)
      else connections.delete(network)
    },
    onMailFrom(_, session, callback) {
      domains.delete(session)
      const wait = limit.exceeded(session.remoteAddress)
      callback(
        wait === undefined ? null : reply(450, `4.7.0 Too many mails from your address, retry in ${wait} seconds`),
      )
    },
    onRcptTo({ address }, session, callback) {
      const known = domains.get(session) ?? new Map<string, number>()
      domains.set(session, known)
      if (session.envelope.rcptTo.length >= mostRecipients) return callback(reply(452, '4.5.3 Too many recipients'))
      domainOfRecipient(store.db, address, reportHost).then(
        (domainId) => {
          if (domainId === undefined) return callback(reply(550, '5.1.1 No such report address'))
          known.set(address.toLowerCase(), domainId)
          callback(null)
        },
        (error: unknown) => {
          log.error({ err: error }, 'could not look up a report address')
          callback(reply(451, '4.3.0 Try again later'))
        },
      )
    },
    onData(stream, session, callback) {
      limit.count(session.remoteAddress)
      receive(stream, session).then(
        () => callback(null, 'on disk'),
        (error: unknown) => {
          if (error instanceof Error && 'responseCode' in error) return callback(error)
          if (error instanceof TooMuchMailError) {
            log.warn({ address: session.remoteAddress }, error.message)
            return callback(reply(452, '4.2.2 Too much mail for this address today'))
          }
          log.error({ err: error }, 'could not store a mail with reports')
          callback(reply(451, '4.3.0 Try again later'))
        },
      )
    },
  })
  server.on('error', (error: Error) => log.debug({ err: error }, 'a connection of a mail server ended early'))

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await gather(stream)
    const sender = session.envelope.mailFrom
    await store.transaction(async (tx) => {
      for (const domainId of new Set(domains.get(session)?.values())) {
        await acceptMail(
          tx,
          {
            domainId,
            way: 'smtp',
            trust: 'mail',
            raw,
            clientAddress: session.remoteAddress,
            helo: session.hostNameAppearsAs || undefined,
            envelopeFrom: sender ? sender.address : '',
          },
          now(),
        )
      }
    })
    onMail()
  }

  /** The whole stream is read, whatever its size: only then can the sender be answered. */
  async function gather(stream: SMTPServerDataStream): Promise<Buffer> {
    const chunks: Buffer[] = []
    let size = 0
    let crowded = false
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (stream.sizeExceeded || crowded) continue
        crowded = receiving + chunk.length > largestTotal
        if (crowded) continue
        size += chunk.length
        receiving += chunk.length
        if (size <= largestMail) chunks.push(chunk)
      }
      if (crowded) throw reply(452, '4.3.1 Too much mail at the moment')
      if (stream.sizeExceeded || size > largestMail) throw reply(552, '5.3.4 The mail is larger than 25 MiB')
      return Buffer.concat(chunks)
    } finally {
      receiving -= size
    }
  }

  const { host, port } = settings.listen
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, host, () => {
      server.server.off('error', reject)
      resolve()
    })
  })
  return {
    address: host,
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

async function certificateOf(
  { certificate, key }: SmtpOptions['settings'],
  reportHost: string,
  now: () => number,
): Promise<{ cert: string; key: string }> {
  if (certificate === undefined || key === undefined) {
    const ca = await localCa({ now })
    return ca.getCertificate(reportHost, AbortSignal.timeout(30_000))
  }
  const read = (path: string) =>
    readFile(path, 'utf8').catch(() => {
      throw new ConfigError(path, ['reports.smtp: expected a readable PEM file.'])
    })
  return { cert: await read(certificate), key: await read(key) }
}
