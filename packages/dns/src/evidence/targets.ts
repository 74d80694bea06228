/** What reports may be asked about, in the words of the API. */
export const evidenceTargets = ['quarantine', 'reject', 'mta_sts_enforce'] as const
export type EvidenceTarget = (typeof evidenceTargets)[number]
