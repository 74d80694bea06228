import { comparePolicies, type DmarcPolicy, formatDmarc, parseDmarc } from '@dmarc-as-code/records'

/** What `terraform show -json PLANFILE` prints, as far as it is looked at. */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[]
}

export interface ResourceChange {
  readonly address: string
  readonly type: string
  readonly change: {
    readonly actions: readonly string[]
    readonly before: Domain | null
    readonly after: Domain | null
  }
}

interface Domain {
  readonly address?: string
  readonly hosted_dmarc?: Record<string, string | boolean | null> | null
  readonly hosted_mta_sts?: { readonly mode?: string } | null
}

const levels = ['p', 'sp', 'np'] as const
const modes = ['none', 'testing', 'enforce']

/** Every protection that a plan takes away, one line each. */
export function weakenings(plan: Plan): string[] {
  return (plan.resource_changes ?? [])
    .filter(({ type, change }) => type === 'dmarcreport_domain' && change.before !== null)
    .flatMap(({ change }) => {
      const name = change.before?.address ?? 'a domain'
      return [...weakerDmarc(change.before, change.after), ...weakerMtaSts(change.before, change.after)].map(
        (what) => `${name}: ${what}`,
      )
    })
}

/** Compares what receivers really do: `t=y` counts as one level less, and `sp` follows `p` where it is absent. */
function weakerDmarc(before: Domain | null, after: Domain | null): string[] {
  const was = applied(before)
  const will = applied(after)
  if (!was) return []
  if (!will) return [`DMARC is no longer hosted (was p=${was.p})`]
  return levels
    .filter((level) => comparePolicies(will[level], was[level]) < 0)
    .map((level) => `${level} acts as ${will[level]}, was ${was[level]}`)
}

function applied(domain: Domain | null): Readonly<Record<(typeof levels)[number], DmarcPolicy>> | undefined {
  const settings = domain?.hosted_dmarc
  if (!settings) return undefined
  const { record, policy, subdomain_policy, nonexistent_subdomain_policy, test_mode } = settings
  const text =
    typeof record === 'string'
      ? record
      : formatDmarc({
          p: (policy ?? 'none') as DmarcPolicy,
          sp: (subdomain_policy ?? undefined) as DmarcPolicy | undefined,
          np: (nonexistent_subdomain_policy ?? undefined) as DmarcPolicy | undefined,
          t: test_mode === true ? 'y' : undefined,
        })
  return parseDmarc(text).effective?.applied
}

function weakerMtaSts(before: Domain | null, after: Domain | null): string[] {
  const [was, will] = [before, after].map((domain) => domain?.hosted_mta_sts?.mode ?? 'none') as [string, string]
  return modes.indexOf(will) < modes.indexOf(was) ? [`MTA-STS goes from ${was} to ${will}`] : []
}
