import { azure } from './azure.ts'
import { cloudflare } from './cloudflare.ts'
import { desec } from './desec.ts'
import { digitalocean } from './digitalocean.ts'
import { dnsimple } from './dnsimple.ts'
import { exec } from './exec.ts'
import { gandi } from './gandi.ts'
import { google } from './google.ts'
import { hetzner } from './hetzner.ts'
import { ionos } from './ionos.ts'
import { linode } from './linode.ts'
import { ns1 } from './ns1.ts'
import { ovh } from './ovh.ts'
import { porkbun } from './porkbun.ts'
import { powerdns } from './powerdns.ts'
import { type Rfc2136Config, rfc2136 } from './rfc2136.ts'
import { route53 } from './route53.ts'
import { scaleway } from './scaleway.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

/**
 * The DNS services that can be written to, in the order in which people are offered them. Settings, environment variables,
 * forms, schemas, help and documentation all follow from these entries.
 */
export const dnsServices = [
  rfc2136,
  route53,
  cloudflare,
  powerdns,
  google,
  azure,
  digitalocean,
  desec,
  hetzner,
  ovh,
  gandi,
  ionos,
  scaleway,
  dnsimple,
  linode,
  ns1,
  porkbun,
  exec,
] as const satisfies readonly ServiceEntry[]

/** The id of a DNS service that can be written to. */
export type DnsServiceId = (typeof dnsServices)[number]['id']

/** The settings of a service. */
export type DnsServiceConfig<Id extends DnsServiceId> = Id extends 'rfc2136'
  ? Rfc2136Config
  : SettingsOf<Extract<(typeof dnsServices)[number], { id: Id }>>

/** The entry of a service, or undefined for an id that is not in the catalogue. */
export function findDnsService(id: string): ServiceEntry | undefined {
  return dnsServices.find((entry) => entry.id === id)
}
