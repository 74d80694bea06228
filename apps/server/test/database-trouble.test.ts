import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPostgres, type Postgres, startPostgres } from './postgres.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

/** A way to the database that can be cut or stopped. */
class Line {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #stalled = false

  private constructor(path: string) {
    this.#server = createServer((client) => {
      const database = connect(path)
      for (const [from, to] of [
        [client, database],
        [database, client],
      ] as const) {
        this.#sockets.add(from)
        from.on('data', (data) => {
          if (!this.#stalled) to.write(data)
        })
        from.on('close', () => to.destroy())
        from.on('error', () => to.destroy())
      }
    })
  }

  static async open(path: string): Promise<Line> {
    const line = new Line(path)
    await line.listen(0)
    return line
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
  }

  /** Nothing arrives any more, and nothing says so. */
  stall(): void {
    this.#stalled = true
  }

  resume(): void {
    this.#stalled = false
    for (const socket of this.#sockets) socket.destroy()
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }
}

describe.skipIf(!hasPostgres())('a server whose PostgreSQL', () => {
  let postgres: Postgres
  let line: Line
  let server: TestServer
  let address: string
  let domains: string
  beforeAll(async () => {
    postgres = await startPostgres()
    address = await postgres.createDatabase()
    const socket = `${new URL(address.replace('@/', '@x/')).searchParams.get('host')}/.s.PGSQL.5432`
    line = await Line.open(socket)
    const store = `postgres://dev@127.0.0.1:${line.port}${address.match(/\/test\d+/)?.[0]}?query_timeout=1000`
    server = await startTestServer({ config: { store, metrics: { port: 0 } } })
    domains = `/v2/accounts/${server.owner.accountId}/domains.json`
  })
  afterAll(async () => {
    await server?.close()
    await line?.cut()
    postgres?.stop()
  })

  const create = (address: string) =>
    server.call('POST', domains, { domain: { address, rua_report: true, ruf_report: true } })
  const recovers = () =>
    expect.poll(async () => (await server.call('GET', domains)).status, { timeout: 30_000 }).toBe(200)
  const isRefused = async () => {
    const answer = await create('down.example')
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await server.call('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { parts: { store: false, zone: true } },
    })
    expect((await server.call('GET', '/healthz')).status).toBe(200)
    const metrics = await fetch(`http://127.0.0.1:${server.metrics?.port}/metrics`)
    expect(metrics.status).toBe(200)
    const text = await metrics.text()
    expect(text).toMatch(/^dmarc_server_store_up 0$/m)
    expect(text).toMatch(/^dmarc_server_http_request_duration_seconds_count\{.*status="503"\} \d+$/m)
  }

  it('is ready while it works', async () => {
    expect(await server.call('GET', '/readyz')).toMatchObject({
      status: 200,
      body: { parts: { store: true, zone: true } },
    })
  })

  it('is down answers 503, and serves again afterwards', async () => {
    const { port } = line
    await line.cut()
    await isRefused()
    await line.listen(port)
    await recovers()
  })

  it('hangs answers 503, and serves again afterwards', async () => {
    line.stall()
    await isRefused()
    line.resume()
    await recovers()
    expect((await create('after.example')).status).toBe(201)
  })

  it('becomes read-only answers changes with 503', async () => {
    const name = address.match(/\/(test\d+)/)?.[1]
    const { sql } = await import('kysely')
    await sql.raw(`alter database ${name} set default_transaction_read_only = on`).execute(server.store.db)
    line.resume()
    await expect.poll(async () => (await create('read-only.example')).status, { timeout: 30_000 }).toBe(503)
    await isRefused()
  })
})
