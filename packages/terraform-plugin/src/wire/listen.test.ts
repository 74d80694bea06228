import { statSync } from 'node:fs'
import { createServer, type Http2Server } from 'node:http2'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../../../../test-support/free-port.ts'
import { listen } from './listen.ts'

const servers: Http2Server[] = []
const server = () => {
  const made = createServer()
  servers.push(made)
  return made
}

afterEach(() => {
  for (const made of servers.splice(0)) made.close()
})

it('a unix socket is for its owner alone', async () => {
  const address = await listen(server(), { minPort: 1, maxPort: 1 }, 'linux')
  if (address.network !== 'unix') throw new Error('expected a unix socket')
  expect(statSync(address.path).mode & 0o077).toBe(0)
})

describe('on Windows', () => {
  it('takes the first free port of the range', async () => {
    const first = await freePort()
    const range = { minPort: first, maxPort: Math.min(first + 20, 65_535) }
    const one = await listen(server(), range, 'win32')
    const two = await listen(server(), range, 'win32')
    expect(one).toEqual({ network: 'tcp', port: first })
    expect(two).toMatchObject({ network: 'tcp' })
    expect(two).not.toEqual(one)
  })

  it('fails, naming the range, when no port is free', async () => {
    const port = await freePort()
    await listen(server(), { minPort: port, maxPort: port }, 'win32')
    await expect(listen(server(), { minPort: port, maxPort: port }, 'win32')).rejects.toThrow(
      `No port between ${port} and ${port} is free`,
    )
  })
})
