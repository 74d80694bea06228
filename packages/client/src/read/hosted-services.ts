import type { DmarcStatus, MtaStsStatus } from '../enumerations.ts'
import { type CnameRecord, collectCnameRecords } from './cname-records.ts'
import { enabled } from './domain.ts'
import { asObject, text } from './json.ts'

/** What is hosted for a domain, and the CNAMEs it needs. */
export interface HostedServices {
  /** Hosted DMARC is on. */
  hosted_dmarc: boolean
  /** Hosted MTA-STS is on. */
  hosted_mta_sts: boolean
  /** What the service says of the DMARC record. */
  dmarc_status?: DmarcStatus
  /** What the service says of MTA-STS. */
  mta_sts_status?: MtaStsStatus
  /** Of the services that are on. */
  cname_records: CnameRecord[]
}

/** Reads the hosted services wherever the CNAMEs sit in the answer; undefined when it tells nothing about hosting. */
export function readHostedServices(value: unknown): HostedServices | undefined {
  const top = asObject(value)
  const raw = asObject(top?.hosted_services) ?? asObject(top?.data) ?? top
  if (!raw) return undefined
  const domain = asObject(raw.domain)
  const cnames = collectCnameRecords(raw, text(domain?.address))
  const dmarc = enabled(raw.hosted_dmarc) ?? enabled(domain?.hosted_dmarc)
  const mtaSts = enabled(raw.hosted_mta_sts) ?? enabled(domain?.hosted_mta_sts)
  // Without a word about both, only a list of CNAMEs tells what is on.
  if ((dmarc === undefined || mtaSts === undefined) && cnames.length === 0 && !('cname_records' in raw))
    return undefined
  const dmarcStatus = text(raw.dmarc_status)
  const mtaStsStatus = text(raw.mta_sts_status)
  return {
    ...raw,
    // A service that is off needs no CNAME, so a CNAME says that it is on.
    hosted_dmarc: dmarc ?? cnames.some((cname) => cname.service === 'hosted_dmarc'),
    hosted_mta_sts: mtaSts ?? cnames.some((cname) => cname.service === 'hosted_mta_sts'),
    ...(dmarcStatus !== undefined && { dmarc_status: dmarcStatus }),
    ...(mtaStsStatus !== undefined && { mta_sts_status: mtaStsStatus }),
    cname_records: cnames,
  }
}
