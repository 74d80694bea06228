import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startAskServer } from './ask-server.ts'

describe('the ask endpoint for a TLS front', () => {
  it.each([
    ['200 for a name of ours', '/ask?domain=mta-sts.example.test', 200],
    ['200 whatever the letter case', '/ask?domain=MTA-STS.Example.test', 200],
    ['403 for another name', '/ask?domain=mta-sts.other.test', 403],
    ['400 without a name', '/ask', 400],
    ['404 for another path', '/', 404],
    ['503 when it cannot find out', '/ask?domain=broken.test', 503],
  ])('answers %s', async (_, path, status) => {
    const server = await startAskServer({
      port: 0,
      mayServe: async (hostname) => {
        if (hostname === 'broken.test') throw new Error('the store is away')
        return hostname === 'mta-sts.example.test'
      },
    })
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`)
    expect(response.status).toBe(status)
    await response.text()
    await server.close()
  })

  it('survives a request target that is not a URL', async () => {
    const server = await startAskServer({ port: 0, mayServe: async () => true })
    const socket = connect(server.port, '127.0.0.1')
    socket.write('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    const [reply] = (await once(socket, 'data')) as [Buffer]
    expect(reply.toString()).toContain('404')
    socket.destroy()
    await server.close()
  })
})
