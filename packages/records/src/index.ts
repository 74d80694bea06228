export { type CatalogueEntry, type FindingCode, findingCatalogue } from './catalogue.ts'
export { isAligned } from './dmarc/alignment.ts'
export { adviseDmarcChange } from './dmarc/change.ts'
export { type DmarcDescription, describeDmarc } from './dmarc/describe.ts'
export {
  type DiscoverDmarcOptions,
  type DmarcDiscovery,
  type DmarcUncertainty,
  discoverDmarc,
  findOrganisationalDomain,
  type OrganisationalDomain,
  type TxtLookup,
  treeWalkDomains,
} from './dmarc/discover.ts'
export { isFailureOptions, normaliseFailureOptions } from './dmarc/failure-options.ts'
export { dmarcTagDefaults, type FormatDmarcOptions, formatDmarc } from './dmarc/format.ts'
export { type ParsedDmarc, parseDmarc } from './dmarc/parse.ts'
export { selectDmarc } from './dmarc/select.ts'
export {
  type Alignment,
  comparePolicies,
  type DmarcEffective,
  type DmarcForRfc7489,
  type DmarcOutcome,
  type DmarcPolicy,
  type DmarcTagName,
  type DmarcTags,
  dmarcPolicies,
  dmarcTagOrder,
  isDmarcPolicy,
} from './dmarc/tags.ts'
export type { AddressChange } from './effect/addresses.ts'
export { type ParsedConsent, parseConsent } from './effect/consent.ts'
export {
  compareDmarc,
  type DmarcEffect,
  type DmarcInForce,
  type DmarcSituation,
  dmarcInForce,
  type EffectivePolicy,
} from './effect/dmarc.ts'
export type { EffectAspect, EffectChange, EffectGrade } from './effect/grade.ts'
export { compareMtaSts, type MtaStsEffect, type MtaStsSituation } from './effect/mta-sts.ts'
export { compareTlsRpt, type TlsRptEffect, type TlsRptInForce, type TlsRptSituation } from './effect/tls-rpt.ts'
export { type MailEffect, type NamedEffect, type Verdict, verdictOf } from './effect/verdict.ts'
export type { Finding } from './finding.ts'
export { type DefaultDmarcInput, defaultDmarc } from './hosting/default-dmarc.ts'
export { differingDmarcTags } from './hosting/differing-tags.ts'
export { type HostedDmarcCheck, type HostedDmarcOptions, validateHostedDmarcConfig } from './hosting/dmarc-config.ts'
export {
  type DmarcAlignment,
  type DmarcSettingName,
  type DmarcSettings,
  dmarcAlignments,
  dmarcSettingNames,
  dmarcSettingTags,
  type ReadDmarcSettings,
  settingsOfTags,
  tagsOfSettings,
} from './hosting/dmarc-settings.ts'
export { enforcingDmarc } from './hosting/enforcing-record.ts'
export {
  extraReportUris,
  type HostedDmarcSettings,
  hostedDmarcRecord,
  hostedDmarcSettings,
  isMadeBy,
  type ReadHostedDmarc,
  sameDmarcRecord,
} from './hosting/hosted-dmarc.ts'
export { type HostedMtaStsInput, hostedMtaStsPolicy } from './hosting/mta-sts.ts'
export { type OverallInput, overallStatus } from './hosting/overall-status.ts'
export { parkedDmarcFindings } from './hosting/parked.ts'
export {
  type DmarcToTakeOver,
  type HostedMtaStsSettings,
  type TakenOver,
  takeOverDmarc,
  takeOverMtaSts,
} from './hosting/take-over.ts'
export { isMxPattern, mtaStsMxMatches } from './mta-sts/mx-match.ts'
export { formatMtaStsPolicy, mtaStsPolicyId, type ParsedMtaStsPolicy, parseMtaStsPolicy } from './mta-sts/policy.ts'
export {
  formatMtaStsRecord,
  type MtaStsRecordTags,
  type ParsedMtaStsRecord,
  parseMtaStsRecord,
  selectMtaStsRecord,
} from './mta-sts/record.ts'
export { longestMaxAge, type MtaStsMode, type MtaStsPolicyTags, mtaStsModes } from './mta-sts/tags.ts'
export { type ParsedDomainName, parseDomainName, toAsciiHost } from './names/domain-name.ts'
export { hostedNames, hostingFault } from './names/hosted-names.ts'
export { isHostName, longestLabel, longestName } from './names/labels.ts'
export {
  byRecordKind,
  type HostedServiceName,
  hostedServiceNames,
  kindOfName,
  kindOfWireWord,
  kindsOfService,
  type RecordKind,
  type RecordKindEntry,
  recordKinds,
  recordKindTable,
  type WireRecord,
  wireRecords,
} from './names/record-kinds.ts'
export type { ParsedRecord, TxtValue } from './parsed.ts'
export { RecordError } from './record-error.ts'
export {
  parseReportAuthorisation,
  type ReportAuthorisation,
  type ReportAuthorisationOptions,
  reportAuthorisationName,
  reportAuthorisationWildcard,
} from './reports/authorisation.ts'
export { printable, quoted } from './text/printable.ts'
export type { SelectedRecord } from './text/select.ts'
export { joinTxt, splitTxt, zoneFileTxt } from './text/txt.ts'
export { formatTlsRpt, type ParsedTlsRpt, parseTlsRpt, selectTlsRpt, type TlsRptTags } from './tls-rpt/record.ts'
export { mailtoUri, reportAddressOf, reportUriOf } from './uri/report-address.ts'
export { type ParsedReportUri, parseReportUri, type ReportUri, sameReportUri } from './uri/report-uri.ts'
