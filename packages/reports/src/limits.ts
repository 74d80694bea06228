/** Budgets of everything that outsiders can make large. Each can be set lower or higher by the caller. */
export interface ReportLimits {
  /** Packed input, in bytes: a file, an archive or an attachment, and each mail, mbox or archive within an archive. */
  readonly packedBytes: number
  /** All that one input unpacks to, in bytes. */
  readonly unpackedBytes: number
  /** The JSON of a TLS report, in bytes. It is parsed as a whole, so it gets less room than XML, which streams. */
  readonly jsonBytes: number
  /** A whole message before it is taken apart, in bytes. */
  readonly mailBytes: number
  /** Members of one archive. */
  readonly members: number
  /** Archives within archives. */
  readonly archiveDepth: number
  /** Messages within messages. */
  readonly mailDepth: number
  /** Parts of one message. */
  readonly mailParts: number
  /** Elements within elements of an XML report. */
  readonly xmlDepth: number
  /** One text, attribute, comment or tag of an XML report, in UTF-16 units. */
  readonly textLength: number
  /** Records of one aggregate report, and policies plus failures of one TLS report. */
  readonly records: number
  /** Time for one input with all that it unpacks to, in milliseconds. */
  readonly milliseconds: number
}

const MiB = 1024 * 1024

export const defaultLimits: ReportLimits = {
  packedBytes: 10 * MiB,
  unpackedBytes: 50 * MiB,
  jsonBytes: 4 * MiB,
  mailBytes: 25 * MiB,
  members: 10,
  archiveDepth: 2,
  mailDepth: 8,
  mailParts: 50,
  xmlDepth: 32,
  textLength: 64 * 1024,
  records: 200_000,
  milliseconds: 10_000,
}
