import type { WireMtaStsPolicy, WireTakenOver } from '@dmarc-as-code/client/contract'
import { type MtaStsPolicyTags, takeOverMtaSts } from '@dmarc-as-code/records'

export interface TakenOverMtaSts {
  policy: WireMtaStsPolicy
  taken: NonNullable<WireTakenOver['mta_sts']>
}

const daySeconds = 86_400

/** Days for which senders keep the policy that a domain without one starts with: a week, so that a mistake passes soon. */
const firstAge = 7

/** The policy to host instead of the live policy file. */
export function takeOverPolicy(live: MtaStsPolicyTags): TakenOverMtaSts {
  const { policy, kept, added, dropped } = takeOverMtaSts(live)
  return { policy, taken: { source: 'policy_file', kept: [...kept], added: [...added], dropped: [...dropped] } }
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
