import type { CurrentRecords } from '../current/current-records.ts'
import type { WebhookSecrets } from '../notices/webhook-secrets.ts'
import type { RandomBytes } from '../rules/secrets.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import type { Store } from '../store/open-store.ts'
import type { Service } from '../store/verifications.ts'
import type { LooksOnDemand } from '../verification/looks-on-demand.ts'
import type { VerificationReport } from '../verification/verification-report.ts'

/** Verifies a service of a domain. At most one verification per interval; in between, returns the last result. */
export type VerifyNow = (domainId: number, service: Service) => Promise<VerificationReport>

/** What the routes work with. */
export interface ApiContext {
  store: Store
  zone: HostedZone
  /** Names of private networks are taken as well. */
  allowPrivate: boolean
  /** Whether the settings name a mail server for notices. */
  sendsMail: boolean
  webhookSecrets: WebhookSecrets
  /** Milliseconds since 1970. */
  now: () => number
  random: RandomBytes
  verifyNow: VerifyNow
  /** Reads what is live for a domain, wherever it is hosted. */
  current: CurrentRecords
  /** Limits the looks that requests ask for. */
  looks: LooksOnDemand
  /** Factor by which scheduled verification runs more often than normal. */
  pace: number
  /** Milliseconds for which the records of a deleted domain stay where they enforce a policy. */
  deletionGrace: number
  /** Wakes the publishing worker, so that a change does not wait for its next poll. */
  wakePublisher: () => void
  /** Wakes the worker that reads mails with reports. */
  wakeReports: () => void
  /** Whether each component is ready, by name. */
  readiness: () => Promise<Record<string, boolean>>
  version: string
}
