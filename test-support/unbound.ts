import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import packet from 'dns-packet'
import { type DnsDaemon, startDaemon } from './dns-daemon.ts'

export interface UnboundOptions {
  /** Where to ask for which zone; nothing else is asked anywhere. */
  stubZones: { zone: string; servers: { address: string; port: number }[] }[]
}

/** Unbound on a free loopback port: a real recursive resolver, as mail receivers have one. It does not validate DNSSEC. */
export async function startUnbound({ stubZones }: UnboundOptions): Promise<DnsDaemon> {
  const unbound = await startDaemon({
    program: 'unbound',
    zones: [],
    async prepare(folder, port) {
      const lines = [
        'server:',
        '  interface: 127.0.0.1',
        `  port: ${port}`,
        '  username: ""',
        '  chroot: ""',
        `  directory: "${folder}"`,
        `  pidfile: "${join(folder, 'unbound.pid')}"`,
        '  use-syslog: no',
        '  logfile: ""',
        '  num-threads: 1',
        '  do-not-query-localhost: no',
        '  module-config: "iterator"',
        '  local-zone: "test." nodefault',
        'remote-control:',
        '  control-enable: no',
        'stub-zone:',
        '  name: "."',
        '  stub-addr: 127.0.0.1@9',
        ...stubZones.flatMap(({ zone, servers }) => [
          'stub-zone:',
          `  name: "${zone}."`,
          ...servers.map(({ address, port: at }) => `  stub-addr: ${address}@${at}`),
        ]),
      ]
      const file = join(folder, 'unbound.conf')
      await writeFile(file, `${lines.join('\n')}\n`)
      return ['-d', '-c', file]
    },
  })
  const [zone] = stubZones
  const deadline = Date.now() + 20_000
  while (zone && !(await answers(zone.zone, unbound.port))) {
    if (Date.now() > deadline) {
      await unbound.close()
      throw new Error(`unbound does not answer for ${zone.zone}:\n${unbound.log()}`)
    }
    await sleep(20)
  }
  return unbound
}

async function answers(zone: string, port: number): Promise<boolean> {
  const socket = createSocket('udp4')
  try {
    const flags = packet.RECURSION_DESIRED
    socket.send(
      packet.encode({ type: 'query', id: 1, flags, questions: [{ type: 'SOA', name: zone }] }),
      port,
      '127.0.0.1',
    )
    const [reply] = (await once(socket, 'message', { signal: AbortSignal.timeout(500) })) as [Buffer]
    return (packet.decode(reply).answers?.length ?? 0) > 0
  } catch {
    return false
  } finally {
    socket.close()
  }
}
