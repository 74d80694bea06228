import { isWithin } from '@dmarc-as-code/dns/wire'
import { recordKinds, recordKindTable, reportAuthorisationWildcard } from '@dmarc-as-code/records'
import { type HostedZone, sharedRecords } from './zone-records.ts'

/**
 * What a name of the hosted zone is to this server: a name of the hosting with this `key`; `shared` with others;
 * `forged`, where only this server publishes and publishes no such name, or where it would answer for others (a wildcard);
 * `foreign`, in a part of the zone that this server does not use.
 */
export type ZoneNameUse = { use: 'hosting'; key: string } | { use: 'shared' | 'forged' | 'foreign' }

/** Names below the hosted zone by their use. Its own name, and those outside, are `foreign`. */
export function zoneNameUse(name: string, zone: HostedZone): ZoneNameUse {
  if (!isWithin(name, zone.zone) || name === zone.zone) return { use: 'foreign' }
  if (sharedRecords(zone).some(([shared]) => shared === name)) return { use: 'shared' }
  const labels = name.slice(0, -zone.zone.length - 1).split('.')
  if (targetLabels.has(labels.at(-1) ?? '')) {
    const [key = ''] = labels
    return labels.length === 2 && /^[a-z0-9]+$/.test(key) ? { use: 'hosting', key } : { use: 'forged' }
  }
  // Answers for every key of a kind that no domain has hosted.
  if (name === `*.${zone.zone}`) return { use: 'forged' }
  const authorisations = reportAuthorisationWildcard(zone.reportHost).name.slice('*.'.length)
  return { use: isWithin(name, authorisations) ? 'forged' : 'foreign' }
}

const targetLabels: ReadonlySet<string> = new Set(recordKinds.map((kind) => recordKindTable[kind].targetLabel))
