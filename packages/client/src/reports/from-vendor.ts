/** What judges the vendor's reports; it alone needs `@dmarc-as-code/reports`. */
export { dmarcEvidence, mtaStsEvidence, tlsReportOf } from './vendor-evidence.ts'
export { readReport } from './vendor-rows.ts'
