import { notify } from '../notices/notify.ts'
import type { Db } from '../store/open-store.ts'
import { type Observation, type Service, waitingSince } from '../store/verifications.ts'
import type { VerificationReport } from './verification-report.ts'

export interface Look {
  domainId: number
  service: Service
  seen: VerificationReport
  /** What differs from the look before. */
  changes: readonly Observation[]
  /** Milliseconds since 1970. */
  now: number
}

const day = 86_400_000
/** Days after which the owner is reminded of records that are still missing, once each. */
const reminders = [7, 30]
/** Reasons of a policy file that are about its certificate. */
const ofCertificates = new Set(['certificate-pending', 'caa-blocks', 'tls-name', 'tls-expired', 'tls-untrusted'])

/** Notes what a verification shows that the owner should know. Belongs into the transaction that stores it. */
export async function noticesOfLook(tx: Db, { domainId, service, seen, changes, now }: Look): Promise<void> {
  const overall = changes.find(({ part }) => part === 'overall')
  if (overall?.to === 'ready') {
    await notify(tx, { kind: 'became_ready', domainId, facts: { service }, now })
  } else if (overall?.from === 'ready') {
    const facts = { service, status: overall.to, fixes: fixesOf(seen) }
    await notify(tx, { kind: 'lost_verification', domainId, facts, now })
  }
  await remind(tx, { domainId, service, seen, now })
  const file = seen.policyFile
  if (file?.reason !== undefined && file.status === 'unreachable' && ofCertificates.has(file.reason)) {
    const { url, message, detail = '', fix } = file
    const facts = { host: new URL(url).hostname, message, detail, fix }
    await notify(tx, { kind: 'certificate_trouble', domainId, facts, now })
  }
}

async function remind(tx: Db, { domainId, service, seen, now }: Omit<Look, 'changes'>): Promise<void> {
  const missing = Object.values(seen.cnames).filter(({ status }) => status !== 'verified')
  if (missing.length === 0) return
  const since = await waitingSince(tx, domainId, service)
  if (since === undefined) return
  const days = reminders.findLast((each) => now - since >= each * day)
  if (days === undefined) return
  const records = missing.map(({ expected: { name, target } }) => ({ name, target }))
  const facts = { service, days, records }
  await notify(tx, { kind: 'still_missing', domainId, facts, once: `${service} ${days} ${since}`, now })
}

/** What the owner can do about each record that is not as it should be. */
function fixesOf({ cnames, policyFile }: VerificationReport): string[] {
  const fixes = [...Object.values(cnames), ...(policyFile ? [policyFile] : [])].map(({ fix }) => fix)
  return [...new Set(fixes.filter((fix) => fix !== ''))]
}
