import type { HostedZone } from '../engine/types.ts'
import { canonicalName } from '../wire/names.ts'

/** The fields of SOA data in presentation form: primary server, mailbox, serial, refresh, retry, expire, minimum. */
export function soaFields(text: string): string[] | undefined {
  const fields = text.trim().split(/\s+/)
  return fields.length === 7 && /^\d+$/.test(fields[2] ?? '') ? fields : undefined
}

/** What an SOA tells of the identity of its zone. */
export function originOf(text: string): NonNullable<HostedZone['origin']> {
  const [primary = '', , serial] = soaFields(text) ?? []
  return {
    mark: `the primary server ${canonicalName(primary)}`,
    ...(serial === undefined ? {} : { serial: Number(serial) }),
  }
}
