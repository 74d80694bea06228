import { defaultDmarc, formatDmarc, mailtoUri } from '@dmarc-as-code/records'
import type { ReportAddresses } from './report-addresses.ts'

/** The record published when hosting starts: `p=none` on a live domain, `p=reject` on a parked one. */
export function defaultDmarcRecord(parked: boolean, addresses: ReportAddresses): string {
  return formatDmarc(defaultDmarc({ ...ownReports(addresses), parked }))
}

/** Our own report addresses as DMARC tags. */
export function ownReports(addresses: ReportAddresses): { rua: string[]; ruf: string[] } {
  return { rua: [mailtoUri(addresses.aggregate)], ruf: [mailtoUri(addresses.failure)] }
}
