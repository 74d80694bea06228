import { defaultDmarc, formatDmarc, mailtoUri } from '@dmarc-as-code/records'
import { type ReportAddresses, type ReportFlags, reportAddresses } from './report-addresses.ts'

/** The record published when hosting starts: `p=none` on a live domain, `p=reject` on a parked one. */
export function defaultDmarcRecord(parked: boolean, addresses: ReportAddresses, flags: ReportFlags): string {
  return formatDmarc(defaultDmarc({ ...ownReports(addresses, flags), parked }))
}

/** Stands for the report id of a domain in a template. */
const placeholder = '0report0id0'
/** The text around each report id, by everything else that decides a record. A process has one report host. */
const templates = new Map<string, readonly string[]>()

/** The same record from a domain's report id: composed once for all domains alike, since lists need one for each domain. */
export function defaultDmarcRecordOf(
  reportId: string,
  reportHost: string,
  parked: boolean,
  flags: ReportFlags,
): string {
  const composed = (id: string) => defaultDmarcRecord(parked, reportAddresses(id, reportHost), flags)
  // Every id that is made here has these characters only, which a record holds as they are.
  if (!/^[\da-z]{1,60}$/.test(reportId)) return composed(reportId)
  const kind = `${parked} ${flags.rua_report} ${flags.ruf_report} ${reportHost}`
  let template = templates.get(kind)
  if (!template) {
    template = composed(placeholder).split(placeholder)
    templates.set(kind, template)
  }
  return template.join(reportId)
}

/** Our own report addresses as DMARC tags: those of the reports that the domain wants. */
export function ownReports(addresses: ReportAddresses, flags: ReportFlags): { rua: string[]; ruf: string[] } {
  return {
    rua: flags.rua_report ? [mailtoUri(addresses.aggregate)] : [],
    ruf: flags.ruf_report ? [mailtoUri(addresses.failure)] : [],
  }
}
