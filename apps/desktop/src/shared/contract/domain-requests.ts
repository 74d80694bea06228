import { z } from 'zod'
import { leaveModes } from '../leaving.ts'
import type { HistoryEntry } from '../model.ts'
import type { AddedDomain } from '../new-domains.ts'
import type { ServiceEvent } from '../service-history.ts'
import { byKey, connectionId, key, nothing, request } from './request.ts'

const mailHosts = z.array(z.string().max(255)).max(50).readonly()
const address = z.string().min(1).max(1024)
const keys = z.array(key).min(1).max(10_000).readonly()
const reason = z.string().max(1000)
/** Why a policy is tightened that the service has no evidence for. */
const acceptRisk = reason.optional()
const tagNames = z.array(z.string().trim().min(1).max(100)).max(100).readonly()

const newDomain = z.strictObject({
  address,
  parked: z.boolean(),
  /** Mail hosts for the MTA-STS policy; empty without hosted MTA-STS. */
  mx: mailHosts,
})

const newDomains = z.strictObject({
  connectionId,
  accountId: z.int(),
  domains: z.array(newDomain).min(1).max(1000).readonly(),
  hostDmarc: z.boolean(),
  hostMtaSts: z.boolean(),
  /** Whether failure reports are wanted besides aggregate reports. */
  failureReports: z.boolean(),
  tags: tagNames,
})

/** Domains: reading, verifying, adding, and changing what the service hosts. */
export const domainRequests = {
  getHistory: request<readonly HistoryEntry[]>()(byKey),
  /** What the service remembers, newest first; empty where it keeps no history. */
  getServiceHistory: request<readonly ServiceEvent[]>()(byKey),
  /** The latest changes of all domains, newest first. */
  getAlerts: request<readonly HistoryEntry[]>()(nothing),
  checkNow: request()(nothing),
  verifyDomain: request()(byKey),
  verifyDomains: request()(z.strictObject({ keys })),
  /** What became of each, in the order given. */
  addDomains: request<readonly AddedDomain[]>()(newDomains),
  /** The hosts in the MX records of each address; null where they could not be looked up. */
  lookUpMx: request<Readonly<Record<string, readonly string[] | null>>>()(
    z.strictObject({ connectionId, addresses: z.array(address).min(1).max(1000).readonly() }),
  ),
  /** Turns hosted DMARC on, beginning with what is live. */
  hostDomains: request()(z.strictObject({ keys })),
  tagDomains: request()(z.strictObject({ keys, add: tagNames, remove: tagNames })),
  setReports: request()(
    z.strictObject({
      key,
      aggregate: z.boolean().optional(),
      failure: z.boolean().optional(),
      tls: z.boolean().optional(),
    }),
  ),
  deleteDomain: request()(z.strictObject({ key, leave: z.enum(leaveModes), reason })),
  /** Asks where, and writes the domains there. False when the person cancels. */
  exportCsv: request<boolean>()(z.strictObject({ keys })),
  setHosting: request()(
    z.strictObject({
      key,
      service: z.enum(['dmarc', 'mta-sts']),
      on: z.boolean(),
      /** When turning off: what becomes of the CNAMEs. */
      leave: z.enum(leaveModes),
      /** When turning on: whether to begin with what is live now. */
      takeOver: z.boolean(),
      /** Why the protection may become weaker; empty where it does not. */
      reason,
    }),
  ),
  /** `base`: the record that the change was made on. A different one at the service is not overwritten. */
  saveDmarcPolicy: request()(
    z.strictObject({ key, record: z.string().min(1).max(4096), base: z.string().max(4096), reason, acceptRisk }),
  ),
  saveMtaStsPolicy: request()(
    z.strictObject({
      key,
      /** The policy that the change was made on, as `policyText` writes it. */
      base: z.string().max(8192),
      policy: z.strictObject({ mode: z.string().max(20), mx: mailHosts, days: z.int().min(1).max(365) }),
      reason,
      acceptRisk,
    }),
  ),
  openInBrowser: request()(z.strictObject({ key, what: z.enum(['service', 'policy-file']) })),
}
