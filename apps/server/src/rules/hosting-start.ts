import type { WireTakenOver } from '@dmarc-as-code/client/contract'
import type { CurrentDmarc } from '../current/current-dmarc.ts'
import type { CurrentMtaSts } from '../current/current-mta-sts.ts'
import type { Found } from '../current/found.ts'
import { defaultDmarcRecord } from './default-record.ts'
import type { DomainFacts, DomainSettings, SettingsChange } from './domain-settings.ts'
import { Problem, refused } from './problem.ts'
import { takeOverDmarc } from './take-over-dmarc.ts'
import { firstPolicy, takeOverPolicy } from './take-over-mta-sts.ts'

/** What was found live before a change; what the change does not concern is left out. */
export interface Outlook {
  dmarc?: Found<CurrentDmarc>
  mtaSts?: Found<CurrentMtaSts>
  /** Looked up where no policy is stored or live. */
  mailHosts?: Found<string[]>
}

/** The services that a change switches on or off. */
export function switched(before: DomainSettings, change: SettingsChange): { dmarc: boolean; mtaSts: boolean } {
  const differs = (field: 'hosted_dmarc' | 'hosted_mta_sts') => (change[field] ?? before[field]) !== before[field]
  return { dmarc: differs('hosted_dmarc'), mtaSts: differs('hosted_mta_sts') }
}

/** The services for which a change takes over what is live, be they hosted already or not. */
export function takesOver(change: SettingsChange, takeOver: boolean): { dmarc: boolean; mtaSts: boolean } {
  return {
    dmarc: takeOver && change.hosted_dmarc === true && change.hosted_dmarc_config === undefined,
    mtaSts: takeOver && change.hosted_mta_sts === true && change.mta_sts_policy === undefined,
  }
}

/** Whether hosted MTA-STS begins with what is live: asked to, or because no policy is stored. */
export const beginsWithLivePolicy = (before: DomainSettings, change: SettingsChange, takeOver: boolean): boolean =>
  takesOver(change, takeOver).mtaSts ||
  (change.hosted_mta_sts === true &&
    !before.hosted_mta_sts &&
    change.mta_sts_policy === undefined &&
    before.mta_sts_policy === null)

/**
 * Refuses `take_over_current` in a request that leaves nothing to take over. Sent again after it was carried out, the
 * request is valid and changes nothing.
 *
 * @throws {Problem} 422
 */
export function requireSomethingToTakeOver(change: SettingsChange): void {
  const { dmarc, mtaSts } = takesOver(change, true)
  if (dmarc || mtaSts) return
  const message =
    'take_over_current belongs to hosted_dmarc: true or hosted_mta_sts: true in the same request, without hosted_dmarc_config or mta_sts_policy for that service.'
  throw refused([{ field: 'domain.take_over_current', code: 'nothing_to_take_over', message }])
}

/**
 * What hosting begins with: the change with the record and the policy that are taken over. A service that is hosted already
 * takes over what is live as well, as long as the domain's CNAME does not lead here: then what is live is what is hosted.
 *
 * @throws {Problem} 422 where `take_over_current` is asked for and what is live cannot be read or hosted
 */
export function hostingStart(
  before: DomainSettings,
  change: SettingsChange,
  takeOver: boolean,
  facts: DomainFacts,
  outlook: Outlook,
): { change: SettingsChange; takenOver: WireTakenOver | undefined } {
  const next: SettingsChange = { ...change }
  const reports = {
    rua_report: change.rua_report ?? before.rua_report,
    ruf_report: change.ruf_report ?? before.ruf_report,
  }
  const takenOver: WireTakenOver = {}
  if (takesOver(change, takeOver).dmarc) {
    const live = readable(outlook.dmarc, 'record', 'hosted_dmarc_config')
    const source = before.hosted_dmarc && live.leadsHere ? null : dmarcSource(live, facts.address)
    const taken =
      source &&
      takeOverDmarc(source, facts.address, defaultDmarcRecord(facts.parked, facts.addresses, reports), facts.parked)
    if (taken) next.hosted_dmarc_config = taken.record
    takenOver.dmarc = taken?.taken ?? null
  }
  if (beginsWithLivePolicy(before, change, takeOver)) {
    const live = takeOver ? readable(outlook.mtaSts, 'policy', 'mta_sts_policy') : knownValue(outlook.mtaSts)
    const hosts = knownValue(outlook.mailHosts) ?? []
    const isOurs = before.hosted_mta_sts && live?.leadsHere
    const start = isOurs
      ? null
      : live?.policy
        ? takeOverPolicy(live.policy.tags)
        : before.mta_sts_policy === null && hosts.length > 0
          ? firstPolicy(hosts)
          : null
    if (start) next.mta_sts_policy = start.policy
    takenOver.mta_sts = start?.taken ?? null
  }
  return { change: next, takenOver: Object.keys(takenOver).length > 0 ? takenOver : undefined }
}

function dmarcSource({ own, inherited }: CurrentDmarc, address: string) {
  const parent = inherited.known ? inherited.value : null
  const source = own
    ? { record: own, policyDomain: address }
    : parent && { record: parent.record, policyDomain: parent.domain }
  // A record that receivers ignore protects nothing.
  return source?.record.effective ? source : null
}

const knownValue = <Value>(looked: Found<Value> | undefined): Value | undefined =>
  looked?.known ? looked.value : undefined

function readable<Value>(looked: Found<Value> | undefined, what: string, field: string): Value {
  if (looked?.known) return looked.value
  if (!looked) throw new Problem(503, 'The domain was changed at the same time. Try again.', [], { retryAfter: 1 })
  const message = `The current ${what} could not be read, so it cannot be taken over. ${looked.message} Try again, or send ${field}.`
  throw refused([{ field: 'domain.take_over_current', code: 'current_record_unreadable', message }])
}
