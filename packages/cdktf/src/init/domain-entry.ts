import { isDeepStrictEqual } from 'node:util'
import type { Domain } from '@dmarc-as-code/client'
import { type DmarcTags, parseDmarc, sameReportUri } from '@dmarc-as-code/records'
import type { HostedDmarc } from '../domain/hosted-dmarc.ts'
import type { HostedMtaSts } from '../domain/hosted-mta-sts.ts'
import type { ReportKind } from '../domain/monitored-domain.ts'
import type { FleetDomain } from '../fleet/fleet-data.ts'

/** A domain as the service tells it, in the words of a fleet: declared like this, nothing of it changes. */
export function domainEntry(domain: Domain): FleetDomain {
  return {
    address: domain.address,
    ...(domain.parked_domain && { parked: true }),
    ...reportsOf(domain),
    ...(domain.tags.length > 0 && { tags: domain.tags.map(({ name }) => name).sort() }),
    ...(domain.hosted_dmarc && { hostedDmarc: hostedDmarc(domain) }),
    ...(domain.hosted_mta_sts && { hostedMtaSts: hostedMtaSts(domain) }),
  }
}

/** Said only where it is not the usual: both of DMARC's, and those on TLS where MTA-STS is hosted. */
function reportsOf({ rua_report, ruf_report, mta_sts_report, hosted_mta_sts }: Domain): Pick<FleetDomain, 'reports'> {
  if (rua_report && ruf_report && (!hosted_mta_sts || mta_sts_report === true)) return {}
  const kinds: [ReportKind, boolean | null][] = [
    ['aggregate', rua_report],
    ['failure', ruf_report],
    ['tls', mta_sts_report],
  ]
  return { reports: kinds.filter(([, wanted]) => wanted).map(([kind]) => kind) }
}

/**
 * The policy always; of the other settings those that the service's default record does not have. The whole record where
 * settings cannot say it.
 */
function hostedDmarc({ current_dmarc_config, default_dmarc_record }: Domain): HostedDmarc {
  const [now, usual] = [parseDmarc(current_dmarc_config ?? '').tags, parseDmarc(default_dmarc_record ?? '').tags]
  if (current_dmarc_config && !canBeSaid(now, usual)) return { record: current_dmarc_config }
  const differs = (tag: keyof DmarcTags) => now[tag] !== undefined && now[tag] !== usual[tag]
  const further = (tag: 'rua' | 'ruf') => {
    const uris = (now[tag] ?? []).filter((uri) => !usual[tag]?.some((one) => sameReportUri(one, uri)))
    return uris.map((uri) => uri.replace(/^mailto:(?=[^?%]*$)/, ''))
  }
  const [extraRua, extraRuf] = [further('rua'), further('ruf')]
  return {
    ...(now.p !== undefined && { policy: now.p }),
    ...(now.sp !== undefined && differs('sp') && { subdomainPolicy: now.sp }),
    ...(now.np !== undefined && differs('np') && { nonexistentSubdomainPolicy: now.np }),
    ...(differs('adkim') && { dkimAlignment: now.adkim === 's' ? 'strict' : 'relaxed' }),
    ...(differs('aspf') && { spfAlignment: now.aspf === 's' ? 'strict' : 'relaxed' }),
    ...(now.fo !== undefined && differs('fo') && { failureOptions: now.fo }),
    ...(differs('t') && { testMode: now.t === 'y' }),
    ...(extraRua.length > 0 && { extraRua }),
    ...(extraRuf.length > 0 && { extraRuf }),
  }
}

const unsayable = ['psd', 'pct', 'rf', 'ri', 'other'] as const

/**
 * Settings stand on the default record: they cannot take a tag of it away, and have no words for some. The default's `sp`
 * and `np` count only beside its own `p`.
 */
function canBeSaid(now: DmarcTags, usual: DmarcTags): boolean {
  const { sp, np, ...others } = usual
  const stays = now.p === usual.p ? usual : others
  const kept = (Object.keys(stays) as (keyof DmarcTags)[]).every((tag) => now[tag] !== undefined)
  return kept && unsayable.every((tag) => isDeepStrictEqual(now[tag], stays[tag]))
}

/** A service that hosts a policy and does not tell it gives one without hosts, which synthesis refuses by name. */
function hostedMtaSts({ mta_sts_policy: policy }: Domain): HostedMtaSts {
  if (!policy) return { mode: 'testing', mx: [] }
  const mx = (typeof policy.mx === 'string' ? policy.mx.split(',') : policy.mx).map((host) => host.trim())
  const hosts = mx.filter((host) => host !== '')
  return {
    mode: policy.mode as HostedMtaSts['mode'],
    ...(hosts.length > 0 && { mx: hosts }),
    maxAgeDays: policy.mx_age,
  }
}
