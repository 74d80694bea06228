/** Where the reports about one domain go. Mail addresses, without `mailto:`. */
export interface ReportAddresses {
  aggregate: string
  failure: string
  tls: string
}

/** The domain's own addresses at the report host, in the vendor's form: `<id>.a@`, `<id>.f@`; TLS reports get `<id>.t@`. */
export function reportAddresses(reportId: string, reportHost: string): ReportAddresses {
  return {
    aggregate: `${reportId}.a@${reportHost}`,
    failure: `${reportId}.f@${reportHost}`,
    tls: `${reportId}.t@${reportHost}`,
  }
}
