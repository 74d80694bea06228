export { type CheckFleetInput, checkFleet, type FleetDomain, type FleetVerdict } from './check-fleet.ts'
export { type CheckRecordsInput, checkRecords, type RecordVerdicts } from './check-records.ts'
