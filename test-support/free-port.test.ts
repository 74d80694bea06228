import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort } from './free-port.ts'

it('the port can be taken for UDP and for TCP', async () => {
  const port = await freePort()
  const udp = createSocket('udp4').bind(port, '127.0.0.1')
  await once(udp, 'listening')
  const tcp = createServer().listen(port, '127.0.0.1')
  await once(tcp, 'listening')
  expect(udp.address().port).toBe(port)
  udp.close()
  tcp.close()
})
