/**
 * The words of the records, their names and the verdict over their states alone, without a parser: for programs that must stay small. The main entry exports the same.
 */
export { type Alignment, type DmarcPolicy, dmarcPolicies } from './dmarc/tags.ts'
export { type OverallInput, overallStatus } from './hosting/overall-status.ts'
export { type MtaStsMode, mtaStsModes } from './mta-sts/tags.ts'
export {
  type HostedServiceName,
  hostedServiceNames,
  kindOfName,
  type RecordKind,
  type RecordKindEntry,
  recordKinds,
  recordKindTable,
  type WireRecord,
  wireRecords,
} from './names/record-kinds.ts'
export { printable, quoted } from './text/printable.ts'
