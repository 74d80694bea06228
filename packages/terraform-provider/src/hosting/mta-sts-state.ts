import type { MtaStsPolicy } from '@dmarc-as-code/client'

/** What senders are to find. */
export interface MtaStsSettings {
  readonly mode: string
  readonly mx: readonly string[] | null
  readonly max_age_days: number
}

/** `hosted_mta_sts` as it is stored. */
export interface HostedMtaStsState extends MtaStsSettings {
  readonly from_current: boolean | null
  readonly gate: string | null
  /** What hosting began with, where `from_current` has looked it up. */
  readonly current_policy: string | null
}

/** The policy as it is stored. The schema keeps the spelling of hosts that mean the same. */
export function readHostedMtaSts(policy: MtaStsPolicy, before: HostedMtaStsState | null): HostedMtaStsState {
  const mx = hosts(policy.mx)
  return {
    mode: policy.mode,
    mx: mx.length === 0 && !before?.mx ? null : mx,
    max_age_days: policy.mx_age,
    from_current: before?.from_current ?? null,
    gate: before?.gate ?? null,
    current_policy: before?.current_policy ?? null,
  }
}

/** Whether a policy of the API is what these settings ask for; the order of the hosts does not count. */
export function samePolicy(policy: MtaStsPolicy, settings: MtaStsSettings): boolean {
  const [now, wanted] = [hosts(policy.mx), hosts(settings.mx ?? [])]
  return policy.mode === settings.mode && policy.mx_age === settings.max_age_days && sameHosts(now, wanted)
}

/** Whether two lists name the same hosts, in any order and spelling. */
export function sameHosts(left: readonly string[], right: readonly string[]): boolean {
  const [one, other] = [left, right].map((list) => [...new Set(hosts(list))].sort().join())
  return one === other
}

export function hosts(mx: string | readonly string[]): string[] {
  const list = typeof mx === 'string' ? mx.split(',') : mx
  return list.map((host) => host.trim().toLowerCase().replace(/\.$/, '')).filter((host) => host !== '')
}
