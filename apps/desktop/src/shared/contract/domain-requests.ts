import { z } from 'zod'
import type { HistoryEntry } from '../model.ts'
import { byKey, connectionId, key, nothing, request } from './request.ts'

const mailHosts = z.array(z.string().max(255)).max(50).readonly()

const newDomain = z.strictObject({
  connectionId,
  accountId: z.int(),
  address: z.string().min(1).max(1024),
  parked: z.boolean(),
  hostDmarc: z.boolean(),
  hostMtaSts: z.boolean(),
  /** Mail hosts for the MTA-STS policy; empty without hosted MTA-STS. */
  mx: mailHosts,
})

/** Domains: reading, verifying, adding, and changing what the service hosts. */
export const domainRequests = {
  getHistory: request<readonly HistoryEntry[]>()(byKey),
  checkNow: request()(nothing),
  verifyDomain: request()(byKey),
  addDomain: request<{ key: string }>()(newDomain),
  setHosting: request()(
    z.strictObject({
      key,
      service: z.enum(['dmarc', 'mta-sts']),
      on: z.boolean(),
      /** When turning off: whether the app removes the CNAMEs first. */
      removeCnames: z.boolean(),
    }),
  ),
  /** `base`: the record that the change was made on. A different one at the service is not overwritten. */
  saveDmarcPolicy: request()(z.strictObject({ key, record: z.string().min(1).max(4096), base: z.string().max(4096) })),
  saveMtaStsPolicy: request()(
    z.strictObject({
      key,
      /** The policy that the change was made on, as `policyText` writes it. */
      base: z.string().max(8192),
      policy: z.strictObject({ mode: z.string().max(20), mx: mailHosts, days: z.int().min(1).max(365) }),
    }),
  ),
  openInBrowser: request()(z.strictObject({ key, what: z.enum(['service', 'policy-file']) })),
}
