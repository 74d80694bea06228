import type { TestZone } from '../dns-daemon.ts'
import { hostedZone } from './dmarc-situations.ts'

/** What a surface must say before CNAMEs at `mta-sts` and `_mta-sts` of `domain` lead to a hosted policy. */
export interface MtaStsSituation {
  /** Also the first label of the hosted names. */
  id: string
  /** Completes "where the domain has ...". */
  title: string
  domain: string
  /** The policy file that the domain's own host serves; null where there is no MTA-STS. */
  live: string | null
  /** The hosted policy file; null where its host serves none. */
  hosted: string | null
  verdict: {
    grade: 'stronger' | 'same' | 'weaker' | 'incomparable' | 'unknown'
    needsConsent: boolean
    /** The reasons from the catalogue (subject `effect`), in the order of the comparison. */
    reasons: string[]
  }
}

const policy = (mode: string, maxAge = 604_800) =>
  `version: STSv1\nmode: ${mode}\nmx: mx.mail.test\nmax_age: ${maxAge}\n`

/** The names that the CNAMEs of a situation lead to. */
export const mtaStsTargets = ({ id }: Pick<MtaStsSituation, 'id'>) => ({
  mta_sts_policy: `${id}.mta-sts.${hostedZone}`,
  mta_sts_id: `${id}.sts-id.${hostedZone}`,
})

/** Only a weaker mode needs consent; other changes are shown. */
export const mtaStsSituations: readonly MtaStsSituation[] = [
  {
    id: 'enforce-to-testing',
    title: 'an enforced policy, and a hosted one in testing',
    domain: 'enforce-to-testing.test',
    live: policy('enforce'),
    hosted: policy('testing'),
    verdict: { grade: 'weaker', needsConsent: true, reasons: ['mode-weaker'] },
  },
  {
    id: 'testing-to-enforce',
    title: 'a policy in testing, and a hosted one that is enforced',
    domain: 'testing-to-enforce.test',
    live: policy('testing'),
    hosted: policy('enforce'),
    verdict: { grade: 'stronger', needsConsent: false, reasons: ['mode-stronger'] },
  },
  {
    id: 'same-policy',
    title: 'the policy that will be hosted',
    domain: 'same-policy.test',
    live: policy('enforce'),
    hosted: policy('enforce'),
    verdict: { grade: 'same', needsConsent: false, reasons: [] },
  },
  {
    id: 'shorter-age',
    title: 'an enforced policy with a longer lifetime',
    domain: 'shorter-age.test',
    live: policy('enforce', 2_592_000),
    hosted: policy('enforce'),
    verdict: { grade: 'weaker', needsConsent: false, reasons: ['max-age-shorter'] },
  },
  {
    id: 'no-mta-sts',
    title: 'no MTA-STS',
    domain: 'no-mta-sts.test',
    live: null,
    hosted: policy('testing'),
    verdict: { grade: 'stronger', needsConsent: false, reasons: ['mode-stronger', 'mx-removed', 'max-age-longer'] },
  },
  {
    id: 'host-to-come',
    title: 'an enforced policy, and a hosted one that is not served yet',
    domain: 'host-to-come.test',
    live: policy('enforce'),
    hosted: null,
    verdict: { grade: 'unknown', needsConsent: false, reasons: [] },
  },
]

/** Every zone of the table for one server. Policy hosts of the domains have the first address, hosted ones the second. */
export function mtaStsZones(liveAddress: string, hostedAddress: string): TestZone[] {
  const own = mtaStsSituations.map(({ domain, live }) => ({
    name: domain,
    records: live === null ? [] : ['_mta-sts IN TXT "v=STSv1; id=1;"', `mta-sts IN A ${liveAddress}`],
  }))
  const hosted = mtaStsSituations.flatMap(({ id }) => [
    `${id}.mta-sts IN A ${hostedAddress}`,
    `${id}.sts-id IN TXT "v=STSv1; id=2;"`,
  ])
  return [...own, { name: hostedZone, records: hosted }]
}
