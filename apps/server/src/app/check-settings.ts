import { isWithin } from '@dmarc-as-code/dns/wire'
import { wordList } from '@dmarc-as-code/primitives'
import type { Config } from '../config/schema.ts'
import type { Store } from '../store/open-store.ts'
import { statedIdentities } from './certificate-authorities.ts'
import { hostedZone } from './hosted-zone.ts'

export type UseStore = <T>(work: (store: Store) => Promise<T>) => Promise<T>

/** A mistake in the contents of settings that are valid each for itself. */
export interface SettingsMistake {
  setting: string
  /** What is wrong, what it leads to, and what to do. */
  message: string
}

/**
 * Everything that would keep a server with these settings from doing its work; empty where nothing does. The store is opened
 * only where it is needed.
 */
export async function settingsMistakes(config: Config, store: UseStore): Promise<SettingsMistake[]> {
  const checks = [missingGlue, noPolicyAddresses, untrustedAuthority, unreceivedReports]
  const found = checks.flatMap((check) => check(config))
  return [...found, ...(await otherAuthority(config, store))]
}

/** Servers for private networks and evaluation may lack what only the public internet needs. */
const isPrivate = ({ network }: Config): boolean => network.allowPrivate

function missingGlue({ hostedZone: { name, nameServers, service } }: Config): SettingsMistake[] {
  if (service !== undefined) return []
  const without = nameServers.filter(
    ({ name: server, ipv4, ipv6 }) => isWithin(server, name) && ipv4.length + ipv6.length === 0,
  )
  return without.map((server) => ({
    setting: 'hostedZone.nameServers',
    message: `${server.name} is inside the zone and has no address, so nobody can find it. Add its ipv4 or ipv6, and the same as glue in the parent zone.`,
  }))
}

function noPolicyAddresses(config: Config): SettingsMistake[] {
  const { ipv4, ipv6 } = config.policyHost.addresses
  if (isPrivate(config) || ipv4.length + ipv6.length > 0) return []
  const message =
    'is empty, so mta-sts.<domain> of hosted domains leads nowhere. Set the public addresses of the policy host, or of the TLS proxy in front of it.'
  return [{ setting: 'policyHost.addresses', message }]
}

function untrustedAuthority(config: Config): SettingsMistake[] {
  if (isPrivate(config) || config.policyHost.certificates.source !== 'local-ca') return []
  const message =
    'is "local-ca", which no public mail server trusts: they ignore every hosted MTA-STS policy. Use "acme" or "front"; for a private network, set network.allowPrivate.'
  return [{ setting: 'policyHost.certificates.source', message }]
}

function unreceivedReports(config: Config): SettingsMistake[] {
  const { reportHost, reportExchanges, reportReceiver } = hostedZone(config, [])
  // A host elsewhere has its MX records there.
  if (
    isPrivate(config) ||
    reportExchanges.length > 0 ||
    reportReceiver !== undefined ||
    !isWithin(reportHost, config.hostedZone.name)
  )
    return []
  const message = `is empty, so nobody receives the reports that hosted records ask for at ${reportHost}. Receive them with reports.smtp, name its mail servers, or set reports.host to a host that has MX records.`
  return [{ setting: 'reports.exchanges', message }]
}

async function otherAuthority(config: Config, useStore: UseStore): Promise<SettingsMistake[]> {
  const { certificateAuthorities: named, certificates } = config.policyHost
  if (named === undefined || certificates.source !== 'acme') return []
  const own = await useStore((store) => statedIdentities(certificates, { store }))
  if (own === undefined || own.length === 0 || own.some((identity) => named.includes(identity))) return []
  const message = `is ${wordList(named)}, so CAA records keep the authority at policyHost.certificates.directoryUrl from issuing: it is ${wordList(own, { conjunction: 'or' })}. Name it, or leave the setting out.`
  return [{ setting: 'policyHost.certificateAuthorities', message }]
}
