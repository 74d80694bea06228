import type { WireMtaStsPolicy, WireTakenOver } from '@dmarc-as-code/client/contract'
import type { MtaStsPolicyTags } from '@dmarc-as-code/records'

export interface TakenOverMtaSts {
  policy: WireMtaStsPolicy
  taken: NonNullable<WireTakenOver['mta_sts']>
}

const daySeconds = 86_400
const mostDays = 365

/** Days for which senders keep the policy that a domain without one starts with: a week, so that a mistake passes soon. */
const firstAge = 7

/** The policy to host instead of the live policy file. Its lifetime becomes whole days, rounded up. */
export function takeOverPolicy(live: MtaStsPolicyTags): TakenOverMtaSts {
  const { mode = 'none', mx, max_age = daySeconds } = live
  const mx_age = Math.min(mostDays, Math.max(1, Math.ceil(max_age / daySeconds)))
  const exact = mx_age * daySeconds === max_age
  return {
    policy: { mode, mx: mx.join(', '), mx_age },
    taken: {
      source: 'policy_file',
      kept: [`mode: ${mode}`, ...mx.map((host) => `mx: ${host}`), ...(exact ? [`max_age: ${max_age}`] : [])],
      added: exact ? [] : [`max_age: ${mx_age * daySeconds}`],
      dropped: exact
        ? []
        : [{ value: `max_age: ${max_age}`, message: 'The lifetime of a hosted policy is whole days, 1 to 365.' }],
    },
  }
}

/** The policy to begin with where none is live: mode testing with the mail hosts of the domain. */
export function firstPolicy(hosts: readonly string[]): TakenOverMtaSts {
  return {
    policy: { mode: 'testing', mx: hosts.join(', '), mx_age: firstAge },
    taken: {
      source: 'mx',
      kept: [],
      added: ['mode: testing', ...hosts.map((host) => `mx: ${host}`), `max_age: ${firstAge * daySeconds}`],
      dropped: [],
    },
  }
}
