import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { tcpConnections } from './tcp.ts'

class FakeSocket extends EventEmitter {
  destroyed = false
  readonly remoteAddress: string

  constructor(remoteAddress: string) {
    super()
    this.remoteAddress = remoteAddress
  }
  destroy() {
    if (this.destroyed) return
    this.destroyed = true
    this.emit('close')
  }
}

it('gives an IPv6 network of 64 bits the connections of one client, whatever addresses it uses', () => {
  const connections = tcpConnections({
    answer: () => undefined,
    idleTimeout: 10_000,
    maxConnections: 128,
    maxConnectionsPerClient: 16,
  })
  const connect = (address: string) => {
    const socket = new FakeSocket(address)
    connections.accept(socket as unknown as Socket)
    return socket
  }
  const attacker = Array.from({ length: 128 }, (_, index) => connect(`2001:db8:1:1::${index + 1}`))
  expect(attacker.filter(({ destroyed }) => !destroyed)).toHaveLength(16)
  expect(connect('2001:db8:1:2::1').destroyed).toBe(false)
  expect(connect('198.51.100.7').destroyed).toBe(false)
  connections.closeAll()
})
