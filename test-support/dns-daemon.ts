import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import packet from 'dns-packet'
import { freePort } from './free-port.ts'
import { findProgram } from './programs.ts'

/** A TSIG key that may change every zone of the server under test. `secret` is base64. */
export interface TsigKey {
  name: string
  algorithm: 'hmac-sha256' | 'hmac-sha512'
  secret: string
}

export interface TestZone {
  /** `example.test` */
  name: string
  /** Records in zone-file form, relative to the zone, one a line. SOA, NS and ns1's address are there already. */
  records?: string[]
  /** A whole zone file instead. */
  text?: string
}

/** A DNS server of Debian's, running on loopback for one test file. */
export interface DnsDaemon {
  address: string
  port: number
  /** The folder with its configuration, zones and journals. */
  folder: string
  /** What it has written to its log so far. */
  log(): string
  /** Stops it by process id and removes its folder. */
  close(): Promise<void>
}

export interface DaemonPlan {
  program: string
  zones: TestZone[]
  /** Where it listens, where that must be known before it starts. Default: a port that is free. */
  port?: number
  /** Writes the configuration and answers the arguments to start with. */
  prepare(folder: string, port: number): Promise<string[]>
}

/** TTL 60, negative TTL 30, one name server `ns1.<zone>` at 127.0.0.1. */
function zoneText(zone: TestZone): string {
  if (zone.text !== undefined) return zone.text
  const head = [
    '$TTL 60',
    `@ IN SOA ns1.${zone.name}. hostmaster.${zone.name}. 1 3600 600 86400 30`,
    `@ IN NS ns1.${zone.name}.`,
    'ns1 IN A 127.0.0.1',
  ]
  return `${[...head, ...(zone.records ?? [])].join('\n')}\n`
}

/** Starts the server, waits until it answers for every zone, and gives its output when it does not. */
export async function startDaemon(plan: DaemonPlan): Promise<DnsDaemon> {
  const path = findProgram(plan.program)
  if (!path) throw new Error(`${plan.program} is not installed; guard the test with hasPrograms('${plan.program}')`)
  // The port is free when asked for and may be gone a moment later, when several suites run at once.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(path, plan)
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

async function startOnce(path: string, plan: DaemonPlan): Promise<DnsDaemon> {
  const folder = await mkdtemp(join(tmpdir(), `${plan.program}-`))
  const port = plan.port ?? (await freePort())
  for (const zone of plan.zones) await writeFile(join(folder, `${zone.name}.zone`), zoneText(zone))
  const args = await plan.prepare(folder, port)
  const child = spawn(path, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-100_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  let gone: string | undefined
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      gone = error.message
      resolve()
    })
    child.once('exit', (code, signal) => {
      gone = `it ended with ${signal ?? code}`
      resolve()
    })
  })
  const close = async () => {
    if (gone === undefined) {
      child.kill('SIGTERM')
      const kill = setTimeout(() => child.kill('SIGKILL'), 5000)
      await exited
      clearTimeout(kill)
    }
    await rm(folder, { recursive: true, force: true })
  }
  const deadline = Date.now() + 20_000
  for (const zone of plan.zones) {
    while (!(await answersFor(zone.name, port))) {
      if (gone !== undefined || Date.now() > deadline) {
        await close()
        throw new Error(`${plan.program} does not answer for ${zone.name} (${gone ?? 'no answer in 20 s'}):\n${output}`)
      }
      await sleep(20)
    }
  }
  return { address: '127.0.0.1', port, folder, log: () => output, close }
}

function answersFor(zone: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    const id = randomInt(65536)
    const finish = (answers: boolean) => {
      clearTimeout(timer)
      socket.close()
      resolve(answers)
    }
    const timer = setTimeout(finish, 300, false)
    socket.on('error', () => finish(false))
    socket.on('message', (bytes) => {
      const reply = packet.decode(bytes)
      if (reply.id === id) finish(reply.flag_aa && (reply.answers?.length ?? 0) > 0)
    })
    const query = packet.encode({ type: 'query', id, questions: [{ type: 'SOA', name: zone }] })
    socket.send(query, port, '127.0.0.1')
  })
}
