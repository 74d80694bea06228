/** The mail addresses for the reports about one domain, without `mailto:`. */
export interface ReportAddresses {
  aggregate: string
  failure: string
  tls: string
}

/** Which DMARC reports a domain wants to have received for it: the others' addresses are in no record of ours. */
export interface ReportFlags {
  rua_report: boolean
  ruf_report: boolean
}

/** The domain's addresses at the report host, in the vendor's form: `<id>.a@`, `<id>.f@`, and `<id>.t@` for TLS reports. */
export function reportAddresses(reportId: string, reportHost: string): ReportAddresses {
  return {
    aggregate: `${reportId}.a@${reportHost}`,
    failure: `${reportId}.f@${reportHost}`,
    tls: `${reportId}.t@${reportHost}`,
  }
}
