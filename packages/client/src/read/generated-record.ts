import { asList, asObject, flag, integer, text } from './json.ts'

/** A record that the service generated. */
export interface GeneratedDmarcRecord {
  /** The text of the TXT record. */
  dmarc_record: string
  /** Characters. */
  record_length: number
  /** The longest the server takes, if it says. */
  max_length?: number
  /** Whether it was published, if the server says. */
  published?: boolean
  /** What a reader of the record may stumble over. */
  warnings: { code: string; message: string }[]
}

export function readGeneratedRecord(value: unknown): GeneratedDmarcRecord | undefined {
  const top = asObject(value)
  const raw = top && !('dmarc_record' in top) ? (asObject(top.data) ?? top) : top
  const record = typeof value === 'string' ? value : text(raw?.dmarc_record)
  // A bare text is taken only if it can be a record: an error page is a text too.
  if (record === undefined || !/^v=DMARC1\b/i.test(record.trim())) return undefined
  const longest = integer(raw?.max_length)
  const published = flag(raw?.published)
  return {
    ...raw,
    dmarc_record: record,
    record_length: integer(raw?.record_length) ?? record.length,
    ...(longest !== undefined && { max_length: longest }),
    ...(published !== undefined && { published }),
    warnings: (asList(raw?.warnings) ?? []).map((entry) => ({
      code: text(asObject(entry)?.code) ?? '',
      message: text(asObject(entry)?.message) ?? text(entry) ?? '',
    })),
  }
}
