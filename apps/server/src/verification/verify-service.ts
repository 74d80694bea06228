import type { Resolver } from '@dmarc-as-code/dns/resolver'
import {
  type CertificateOrder,
  type ExpectedRecords,
  type PolicyFetcher,
  type PreviousCnameVerdict,
  type PreviousTxtVerdict,
  verifyDomain,
} from '@dmarc-as-code/dns/verify'
import { mtaStsPolicyId, type RecordKind } from '@dmarc-as-code/records'
import type { PendingOrder } from '../certificates/index.ts'
import type { PendingOrders } from '../certificates/pending-orders.ts'
import type { HideInternal } from '../network/internal-servers.ts'
import { hostedTargets } from '../rules/hosted-names.ts'
import { policyIdRecord } from '../rules/hosted-records.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import type { Hosting } from '../store/hostings.ts'
import type { Service } from '../store/verifications.ts'
import { boundedReport } from './bounded-report.ts'
import { recordsOf, type VerificationReport } from './verification-report.ts'

/** What verification uses to query DNS and fetch policy files. */
export interface VerificationDeps {
  resolver: Resolver
  http: PolicyFetcher
  /** Milliseconds since 1970. */
  now: () => number
  random: () => number
  /** Takes what tenants must not see out of texts. Default: nothing. */
  hide?: HideInternal
  /** Whether certificates are ordered only once the CNAME is seen, so that the policy file may be unreachable for a while. */
  certificatesAreOrdered: boolean
  /**
   * What is known of an order for the certificate of a policy host that has not succeeded. Set where a worker orders the
   * certificates; a look that sees the CNAME schedules the order then.
   */
  pendingOrders?: PendingOrders
}

/**
 * Verifies the records of one hosted service: compares what the store wants with what DNS and the policy host answer.
 * Rejects only when the signal aborts. `timeout` is in milliseconds, for all of it.
 */
export async function verifyService(
  hosting: Hosting,
  service: Service,
  zone: HostedZone,
  deps: VerificationDeps,
  previous: VerificationReport | undefined,
  { timeout, signal }: { timeout?: number; signal?: AbortSignal | undefined } = {},
): Promise<VerificationReport> {
  const at = deps.now()
  const verdict = await verifyDomain({
    domain: hosting.address,
    expected: expectedRecords(hosting, service, zone),
    ...(service === 'mta_sts' && hosting.wanted_policy !== null
      ? {
          policy: {
            text: hosting.wanted_policy,
            id: mtaStsPolicyId(hosting.wanted_policy),
            ...(deps.certificatesAreOrdered
              ? { certificateOrderedAt: new Date(hosting.policy_cname_verified_at ?? at).toISOString() }
              : {}),
            certificateOrder: async () => orderOf(await deps.pendingOrders?.(hosting)),
            ...(zone.certificateAuthorities.length > 0 ? { issuers: [...zone.certificateAuthorities] } : {}),
          },
        }
      : {}),
    resolver: deps.resolver,
    http: deps.http,
    clock: () => new Date(deps.now()),
    random: deps.random,
    previous: (previous?.cnames ?? {}) as Partial<Record<RecordKind, PreviousCnameVerdict>>,
    previousPolicyFile: previous?.policyFile,
    previousTxts: (previous?.txts ?? {}) as Partial<Record<RecordKind, PreviousTxtVerdict>>,
    ...(timeout === undefined ? {} : { timeout }),
    ...(signal ? { signal } : {}),
  })
  const look: VerificationReport = { overall: verdict.overall, cnames: {}, txts: {}, at }
  for (const kind of recordsOf[service]) {
    const record = verdict.records[kind]
    if (!record) continue
    look.cnames[kind] = record.cname
    if (record.txt) look.txts[kind] = record.txt
  }
  if (verdict.policyFile) look.policyFile = verdict.policyFile
  return boundedReport(look, deps.hide)
}

function orderOf(order: PendingOrder | undefined): CertificateOrder | undefined {
  if (!order) return undefined
  const { failure, nextAttempt } = order
  return {
    ...(failure === undefined ? {} : { failure }),
    // Whole seconds.
    ...(nextAttempt === undefined ? {} : { nextAttemptAt: `${new Date(nextAttempt).toISOString().slice(0, 19)}Z` }),
  }
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
