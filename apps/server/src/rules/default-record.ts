import { defaultDmarc, formatDmarc, mailtoUri } from '@dmarc-as-code/records'
import type { ReportAddresses, ReportFlags } from './report-addresses.ts'

/** The record published when hosting starts: `p=none` on a live domain, `p=reject` on a parked one. */
export function defaultDmarcRecord(parked: boolean, addresses: ReportAddresses, flags: ReportFlags): string {
  return formatDmarc(defaultDmarc({ ...ownReports(addresses, flags), parked }))
}

/** Our own report addresses as DMARC tags: those of the reports that the domain wants. */
export function ownReports(addresses: ReportAddresses, flags: ReportFlags): { rua: string[]; ruf: string[] } {
  return {
    rua: flags.rua_report ? [mailtoUri(addresses.aggregate)] : [],
    ruf: flags.ruf_report ? [mailtoUri(addresses.failure)] : [],
  }
}
