/** The mail addresses for the reports about one domain, without `mailto:`. */
export interface ReportAddresses {
  aggregate: string
  failure: string
  tls: string
}

/** The domain's addresses at the report host, in the vendor's form: `<id>.a@`, `<id>.f@`, and `<id>.t@` for TLS reports. */
export function reportAddresses(reportId: string, reportHost: string): ReportAddresses {
  return {
    aggregate: `${reportId}.a@${reportHost}`,
    failure: `${reportId}.f@${reportHost}`,
    tls: `${reportId}.t@${reportHost}`,
  }
}
