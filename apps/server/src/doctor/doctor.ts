import { connect } from 'node:net'
import { createDnsClient, createResolver, type Resolver, systemRecursors } from '@dmarc-as-code/dns/resolver'
import { settingsMistakes } from '../app/check-settings.ts'
import type { Config } from '../config/schema.ts'
import type { Store } from '../store/open-store.ts'
import { checkPolicyHost, checkReportHost, type Reach } from './check-hosts.ts'
import { checkStore } from './check-store.ts'
import { checkZone } from './check-zone.ts'
import { type Finding, ok, problem } from './finding.ts'

export interface DoctorOptions {
  /** Milliseconds since 1970. */
  now: number
  /** Default: the resolvers and stub zones of the settings. */
  resolver?: Resolver
  /** Default: a TCP connection. */
  reach?: Reach
}

const reachTime = 5000

/** Looks at everything that a server needs to do its work. A check that fails itself is a finding, and stops no other one. */
export async function examine(config: Config, store: Store, options: DoctorOptions): Promise<Finding[]> {
  const { now, resolver = resolverOf(config), reach = overTcp } = options
  const checks: [string, () => Promise<Finding[]>][] = [
    ['settings', () => checkSettings(config, store)],
    ['store', () => checkStore(store, now)],
    ['delegation', () => checkZone(config, resolver)],
    ['policy host', () => checkPolicyHost(config, reach)],
    ['reports', () => checkReportHost(config, resolver, reach)],
  ]
  const findings = await Promise.all(
    checks.map(([subject, check]) =>
      check().catch((error: unknown) => [
        problem(subject, `The check failed: ${error instanceof Error ? error.message : String(error)}`),
      ]),
    ),
  )
  return findings.flat()
}

async function checkSettings(config: Config, store: Store): Promise<Finding[]> {
  const mistakes = await settingsMistakes(config, (work) => work(store))
  if (mistakes.length === 0) return [ok('settings', 'They have what a server needs.')]
  return mistakes.map(({ setting, message }) => problem('settings', `${setting} ${message}`))
}

const resolverOf = ({ verification: { stubZones, recursors } }: Config): Resolver =>
  createResolver({ client: createDnsClient(), stubZones, recursors: recursors ?? systemRecursors() })

const overTcp: Reach = (address, port) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, timeout: reachTime })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('timeout', () => socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })))
    socket.once('error', reject)
  })
