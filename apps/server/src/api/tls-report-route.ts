import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { addressLimit } from '../network/address-limit.ts'
import { acceptMail, TooMuchMailError } from '../reports/accept-mail.ts'
import { domainOfReportId } from '../reports/recipient.ts'
import { notFound, Problem } from '../rules/problem.ts'
import type { ApiContext } from './context.ts'
import { tooManyRequests } from './too-many-requests.ts'

/** As for files that are unpacked; RFC 8460 names no limit. */
const largest = 10 * 1024 * 1024
const perMinute = 120

/**
 * `POST /tls-report/<id>`: TLS reports over HTTPS (RFC 8460 section 3). Nobody authenticates the sender, so they are shown and
 * never are evidence. Senders may repeat a request; the same body is stored once.
 */
export function addTlsReportRoute(app: FastifyInstance, { store, now, wakeReports }: ApiContext): void {
  const limit = addressLimit({ perMinute, now })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/tlsrpt+gzip', 'application/tlsrpt+json'],
    { parseAs: 'buffer', bodyLimit: largest },
    (_, body, done) => done(null, body),
  )
  app.addContentTypeParser('*', (_, __, done) => {
    const message =
      'The body is not declared as a TLS report. Send "Content-Type: application/tlsrpt+gzip" or "application/tlsrpt+json".'
    done(new Problem(415, message))
  })
  app.post<{ Params: { id: string } }>(
    '/tls-report/:id',
    { schema: { hide: true }, bodyLimit: largest },
    async ({ params, body, ip }, reply) => {
      const seconds = limit.exceeded(ip)
      if (seconds !== undefined) throw tooManyRequests(`${perMinute} reports per minute from one address`, seconds)
      limit.count(ip)
      const domainId = await domainOfReportId(store.db, params.id)
      if (domainId === undefined) throw notFound('report address', params.id)
      const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
      const sha256 = createHash('sha256').update(raw).digest('hex')
      await store
        .transaction(async (tx) => {
          const known = await tx
            .selectFrom('report_mails')
            .select('id')
            .where('domain_id', '=', domainId)
            .where('way', '=', 'https')
            .where('sha256', '=', sha256)
            .executeTakeFirst()
          if (!known) await acceptMail(tx, { domainId, way: 'https', trust: 'never', raw, clientAddress: ip }, now())
        })
        .catch((error: unknown) => {
          if (error instanceof TooMuchMailError) throw tooManyRequests('reports for this address today', 3600)
          throw error
        })
      wakeReports()
      return reply.code(201).send()
    },
  )
}
