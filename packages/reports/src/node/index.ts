export { type MboxMessage, splitMbox } from './mbox.ts'
export { type AnyReport, type FoundReport, type ReadReportsOptions, readReports } from './read-reports.ts'
