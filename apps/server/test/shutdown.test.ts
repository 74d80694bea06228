import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { startTestServer } from './start-test-server.ts'

it('a request that is running when the server begins to stop is answered, and idle connections are closed', async () => {
  const server = await startTestServer()
  const { port } = new URL(server.apiUrl)
  const body = JSON.stringify({ domain: { address: 'late.example', rua_report: true, ruf_report: true } })
  const head = [
    `POST /v2/accounts/${server.owner.accountId}/domains.json HTTP/1.1`,
    'Host: localhost',
    `Authorization: Token token=${server.owner.token}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Expect: 100-continue',
  ]
  const running = connect(Number(port), '127.0.0.1')
  const idle = connect(Number(port), '127.0.0.1')
  const idleClosed = new Promise((resolve) => idle.on('close', resolve))
  idle.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await new Promise((resolve) => idle.once('data', resolve))
  running.write(`${head.join('\r\n')}\r\n\r\n`)
  // The server has the request, and waits for its body.
  await new Promise((resolve) => running.once('data', resolve))

  const closed = server.close()
  await idleClosed
  running.write(body)
  expect(await text(running)).toMatch(/^HTTP\/1\.1 201 /)
  await closed
})
