import type { RecordKind } from '@dmarc-as-code/records'
import { createResolver } from '../src/observe/resolver.ts'
import type { CnameVerdict } from '../src/verify/types.ts'
import { lookAtCname } from '../src/verify/verify-domain.ts'
import { network } from './network.ts'
import type { Reply, Script, ScriptedQuery } from './scripted-dns.ts'
import { authoritative, recursive, type Zones } from './zones.ts'

/** Where the CNAMEs of the tests should lead, and what stands there. */
export const targets: Record<RecordKind, string> = {
  dmarc: 'k3y.dmarc.hosted.test',
  mta_sts_policy: 'k3y.mta-sts.hosted.test',
  mta_sts_id: 'k3y.sts-id.hosted.test',
  tls_rpt: 'k3y.tls-rpt.hosted.test',
}
export const dmarcValue = 'v=DMARC1; p=reject; rua=mailto:in@hosted.test'
export const now = '2026-05-04T10:00:00.000Z'

const ns1 = '192.0.2.1'
const ns2 = '192.0.2.2'
const parent = '192.0.2.50'
const host = '192.0.2.60'
const recursor1 = '198.51.100.1'
const recursor2 = 'https://resolver.test/dns-query'

/** Asked something this function answers, a server says that instead; `undefined` leaves it as it was. */
export type Fault = (query: ScriptedQuery) => Reply | undefined

export interface WorldOptions {
  /** Records of example.test, `owner TYPE value`. */
  records?: string[]
  /** Records of its second name server, where they differ. */
  secondRecords?: string[]
  /** What the resolvers remember of example.test, where that differs. */
  cached?: string[]
  /** NS names of example.test itself and in its parent's delegation. */
  ns?: string[]
  delegation?: string[]
  /** Addresses of ns1.example.net and ns2.example.net, as records of example.net, where they differ. */
  hosts?: string[]
  /** Further addresses that serve `records`. */
  machines?: string[]
  /** Glue beside the delegation in the parent, as records of the zone test. */
  glue?: string[]
  faults?: { ns1?: Fault; ns2?: Fault; parent?: Fault; host?: Fault; recursor1?: Fault; recursor2?: Fault }
  /** Further zones, everywhere. */
  zones?: Zones
}

/**
 * A small Internet: example.test on two servers beneath test, hosted.test, and two recursive resolvers (one by DoH).
 */
export function world(options: WorldOptions = {}) {
  const { records = [], faults = {}, ns = ['ns1.example.net', 'ns2.example.net'] } = options
  const apex = ns.map((name) => `@ NS ${name}`)
  const hosted: Zones = {
    'hosted.test': [`@ NS ns.hosted.test`, `ns A ${host}`, `k3y.dmarc TXT ${dmarcValue}`, 'k3y.mta-sts A 203.0.113.9'],
  }
  const net: Zones = {
    'example.net': ['@ NS ns1.example.net', ...(options.hosts ?? [`ns1 A ${ns1}`, `ns2 A ${ns2}`]), `ns9 A 192.0.2.9`],
    'ns.cloudflare.com': [`ada A ${ns1}`, `bob A ${ns2}`, '@ NS ada.ns.cloudflare.com'],
    test: [
      '@ NS ns.test',
      `ns A ${parent}`,
      ...(options.delegation ?? ns).map((name) => `example NS ${name}`),
      ...(options.glue ?? []),
    ],
  }
  const zone = (list: string[]): Zones => ({ 'example.test': [...apex, ...list] })
  const everything = (list: string[]): Zones => ({ ...net, ...hosted, ...zone(list), ...options.zones })
  const client = network({
    [ns1]: faulty(authoritative(zone(records)), faults.ns1),
    [ns2]: faulty(authoritative(zone(options.secondRecords ?? records)), faults.ns2),
    ...Object.fromEntries((options.machines ?? []).map((address) => [address, authoritative(zone(records))])),
    '192.0.2.9': authoritative(zone(options.secondRecords ?? records)),
    [parent]: faulty(authoritative({ test: net.test ?? [] }), faults.parent),
    [host]: faulty(authoritative(hosted), faults.host),
    [recursor1]: faulty(recursive(everything(options.cached ?? records)), faults.recursor1),
    [recursor2]: faulty(recursive(everything(options.cached ?? records)), faults.recursor2),
  })
  const resolver = createResolver({ client, recursors: [{ address: recursor1 }, { url: recursor2 }] })
  return { client, resolver }
}

/** The verdict on one record of example.test in such a world. */
export function lookIn(options: WorldOptions, kind: RecordKind = 'dmarc', heldBy?: string[]): Promise<CnameVerdict> {
  return lookAtCname({
    run: world(options).resolver.begin(),
    kind,
    domain: 'example.test',
    expected: { target: targets[kind], ...(kind === 'dmarc' && { txt: dmarcValue }), ...(heldBy && { heldBy }) },
    clock: () => new Date(now),
    random: () => 0.5,
  })
}

function faulty(script: Script, fault: Fault | undefined): Script {
  return (query) => fault?.(query) ?? script(query)
}

export const rightRecord = `_dmarc CNAME ${targets.dmarc}`
export const silent: Fault = () => 'silent'
export const says =
  (rcode: number): Fault =>
  () => ({ rcode, aa: false })
