import type { Domain } from '@dmarc-as-code/client'
import { hostedDmarcSettings, type MtaStsMode } from '@dmarc-as-code/records'
import type { ReportKind } from '../domain/monitored-domain.ts'
import type { FleetDomain } from '../fleet/fleet-data.ts'
import type { HostedDmarc } from '../hosted/dmarc.ts'
import type { HostedMtaSts } from '../hosted/mta-sts.ts'

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
 * What the record says beyond the service's default; the whole record where settings cannot say it. A record that nobody knows is
 * written as none, which synthesis refuses by name: the default could be weaker.
 */
function hostedDmarc({ current_dmarc_config: record, default_dmarc_record: standard }: Domain): HostedDmarc {
  if (!record) return { record: '' }
  // Which addresses are the service's own is known from its default alone.
  if (!standard) return { record }
  const settings = hostedDmarcSettings(record, standard)
  const entries = Object.entries(settings).map(([name, value]) => [camelCase(name), value])
  return Object.fromEntries(entries)
}

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())

/** A service that hosts a policy and does not tell it gives one without hosts, which synthesis refuses by name. */
export function hostedMtaSts({ mta_sts_policy: policy }: Domain): HostedMtaSts & { readonly mode: MtaStsMode } {
  if (!policy) return { mode: 'testing', mx: [] }
  const mx = (typeof policy.mx === 'string' ? policy.mx.split(',') : policy.mx).map((host) => host.trim())
  const hosts = mx.filter((host) => host !== '')
  return {
    mode: policy.mode as MtaStsMode,
    ...(hosts.length > 0 && { mx: hosts }),
    maxAgeDays: policy.mx_age,
  }
}
