import type { Resolver } from '@dmarc-as-code/dns/resolver'
import {
  type ExpectedRecords,
  type PolicyFetcher,
  type PreviousCnameVerdict,
  type PreviousTxtVerdict,
  verifyDomain,
} from '@dmarc-as-code/dns/verify'
import { mtaStsPolicyId, type RecordKind } from '@dmarc-as-code/records'
import { hostedTargets } from '../rules/hosted-names.ts'
import { policyIdRecord } from '../rules/hosted-records.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import type { Hosting } from '../store/hostings.ts'
import type { Service } from '../store/verifications.ts'
import { recordsOf, type ServiceLook } from './look.ts'

/** How to ask the world. */
export interface Eyes {
  resolver: Resolver
  http: PolicyFetcher
  /** Milliseconds since 1970. */
  now: () => number
  random: () => number
  /** Whether a certificate is ordered when the CNAME is first seen, and takes its time. */
  certificatesAreOrdered: boolean
}

/**
 * Looks at the records behind one hosted service, for real: what is wanted by the store against what the DNS and the
 * policy host answer. Rejects only when the signal aborts.
 */
export async function takeLook(
  hosting: Hosting,
  service: Service,
  zone: HostedZone,
  eyes: Eyes,
  previous: ServiceLook | undefined,
  signal?: AbortSignal,
): Promise<ServiceLook> {
  const at = eyes.now()
  const verdict = await verifyDomain({
    domain: hosting.address,
    expected: expectedRecords(hosting, service, zone),
    ...(service === 'mta_sts' && hosting.wanted_policy !== null
      ? {
          policy: {
            text: hosting.wanted_policy,
            id: mtaStsPolicyId(hosting.wanted_policy),
            ...(eyes.certificatesAreOrdered
              ? { certificateOrderedAt: new Date(hosting.policy_cname_verified_at ?? at).toISOString() }
              : {}),
            ...(zone.certificateAuthorities.length > 0 ? { issuers: [...zone.certificateAuthorities] } : {}),
          },
        }
      : {}),
    resolver: eyes.resolver,
    http: eyes.http,
    clock: () => new Date(eyes.now()),
    random: eyes.random,
    previous: (previous?.cnames ?? {}) as Partial<Record<RecordKind, PreviousCnameVerdict>>,
    previousPolicyFile: previous?.policyFile,
    previousTxts: (previous?.txts ?? {}) as Partial<Record<RecordKind, PreviousTxtVerdict>>,
    ...(signal ? { signal } : {}),
  })
  const look: ServiceLook = { overall: verdict.overall, cnames: {}, txts: {}, at }
  for (const kind of recordsOf[service]) {
    const record = verdict.records[kind]
    if (!record) continue
    look.cnames[kind] = record.cname
    if (record.txt) look.txts[kind] = record.txt
  }
  if (verdict.policyFile) look.policyFile = verdict.policyFile
  return look
}

function expectedRecords(hosting: Hosting, service: Service, zone: HostedZone): ExpectedRecords {
  const targets = hostedTargets(hosting.key, zone.zone)
  const change = hosting.published_at === null ? ('pending' as const) : ('insync' as const)
  const txts: Partial<Record<RecordKind, string | null>> = {
    dmarc: hosting.dmarc_record,
    mta_sts_id: policyIdRecord(hosting.wanted_policy),
    tls_rpt: hosting.tls_rpt_record,
  }
  const expected: ExpectedRecords = {}
  for (const kind of recordsOf[service]) {
    const txt = txts[kind]
    expected[kind] = { target: targets[kind], change, ...(txt ? { txt } : {}) }
  }
  return expected
}
