import type { AddressInfo } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { FastifyBaseLogger } from 'fastify'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import { localCa } from '../certificates/local-ca.ts'
import { ConfigError } from '../config/load-config.ts'
import { readSettingsFile } from '../config/read-settings-file.ts'
import type { Config } from '../config/schema.ts'
import { addressLimit } from '../network/address-limit.ts'
import { clientNetwork } from '../network/client-network.ts'
import type { Store } from '../store/open-store.ts'
import { acceptMail, TooMuchMailError } from './accept-mail.ts'
import { mailMemory } from './mail-memory.ts'
import { domainOfRecipient } from './recipient.ts'
import { countConnections } from './smtp-connections.ts'

export interface SmtpOptions {
  store: Store
  settings: NonNullable<Config['reports']['smtp']>
  reportHost: string
  now: () => number
  log: FastifyBaseLogger
  /** A mail was accepted. */
  onMail: () => void
  /** Milliseconds that a connection may last. Default ten minutes. */
  lifetime?: number
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
/** Of those, from one client address. */
const largestShare = 64 * megabyte
const mostConnections = 200
const mostRecipients = 20
/** Recipients that do not exist, in one connection: whoever names more is guessing. */
const mostUnknown = 10
const defaultLifetime = 10 * 60_000

/** What the sender is told; `responseCode` is the reply of RFC 5321 section 4.2.3. */
const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode })

/**
 * Receives mail for the report addresses and nothing else. A mail is answered with 250 once it is on disk; what happened to
 * one that was cut off before, the sender knows best and sends it again.
 */
export async function receiveSmtp(options: SmtpOptions): Promise<SmtpReceiver> {
  const { store, settings, reportHost, now, log, onMail, lifetime = defaultLifetime } = options
  const { SMTPServer } = await import('smtp-server')
  const limit = addressLimit({ perMinute: settings.mailsPerMinuteAndAddress, now })
  const memory = mailMemory({ total: largestTotal, share: largestShare })
  const domains = new WeakMap<SMTPServerSession, Map<string, number>>()
  const unknown = new Map<string, number>()
  const connections = countConnections({
    perNetwork: settings.connectionsPerAddress,
    lifetime,
    end(id) {
      for (const connection of server.connections) {
        if (connection.id === id) connection.send(421, '4.4.2 The connection has lasted too long', false)
      }
    },
  })

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
      const opened = connections.open(session.id, session.remoteAddress)
      callback(opened ? null : reply(421, '4.7.0 Too many connections from your address'))
    },
    // Of a connection that ended before it was greeted, nothing but its id is known.
    onClose({ id }) {
      connections.close(id)
      unknown.delete(id)
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
          if (domainId === undefined) return callback(refusedRecipient(session))
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

  function refusedRecipient({ id, remoteAddress }: SMTPServerSession): Error {
    limit.count(remoteAddress)
    const count = (unknown.get(id) ?? 0) + 1
    unknown.set(id, count)
    return count > mostUnknown
      ? reply(421, '4.7.0 Too many unknown recipients')
      : reply(550, '5.1.1 No such report address')
  }

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const network = clientNetwork(session.remoteAddress)
    const held = { bytes: 0 }
    try {
      await keep(await gather(stream, network, held), session)
    } finally {
      memory.give(network, held.bytes)
    }
    onMail()
  }

  async function keep(raw: Buffer, session: SMTPServerSession): Promise<void> {
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
  }

  /** The whole stream is read, whatever its size: only then can the sender be answered. `held` is what memory it takes. */
  async function gather(stream: SMTPServerDataStream, network: string, held: { bytes: number }): Promise<Buffer> {
    const chunks: Buffer[] = []
    let size = 0
    let crowded = false
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      if (stream.sizeExceeded || size > largestMail || crowded) continue
      crowded = !memory.take(network, chunk.length)
      if (crowded) continue
      held.bytes += chunk.length
      chunks.push(chunk)
    }
    if (stream.sizeExceeded || size > largestMail) throw reply(552, '5.3.4 The mail is larger than 25 MiB')
    if (crowded) throw reply(452, '4.3.1 Too much mail at the moment')
    return Buffer.concat(chunks)
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
    close: () =>
      new Promise<void>((resolve) => {
        connections.stop()
        server.close(() => resolve())
      }),
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
  const cert = await readSettingsFile(certificate, 'reports.smtp.certificate')
  const pair = { cert, key: await readSettingsFile(key, 'reports.smtp.key') }
  try {
    createSecureContext(pair)
  } catch {
    // What OpenSSL says of it could quote the file.
    const fault = 'reports.smtp.certificate and .key: expected PEM files with a certificate and its private key.'
    throw new ConfigError(certificate, [fault])
  }
  return pair
}
