import { relativeName } from '../wire/names.ts'

/** A CNAME with the zone it belongs in. Names are lower-case A-labels without the final dot. */
export interface PrintedRecord {
  zone: string
  name: string
  target: string
  /** Seconds. */
  ttl: number
}

/** A way in which people keep their DNS as text. */
export type RecordFormat = (records: readonly PrintedRecord[]) => string

/**
 * The forms `print` writes. Names and targets hold letters, digits, "-", "_" and dots only (`parseRecordName`), so nothing
 * in them means anything to the languages they are put into.
 */
export const recordFormats = {
  zone: (records) =>
    byZone(records, (zone, own) => [
      `$ORIGIN ${zone}.`,
      ...own.map(({ name, ttl, target }) => `${relativeName(name, zone)} ${ttl} IN CNAME ${target}.`),
    ]),
  dnscontrol: (records) =>
    byZone(records, (zone, own) => [
      `D_EXTEND('${zone}',`,
      ...own.map(({ name, ttl, target }) => `  CNAME('${relativeName(name, zone)}', '${target}.', TTL(${ttl})),`),
      ');',
    ]),
  octodns: (records) =>
    byZone(records, (zone, own) => [
      `# ${zone}.yaml`,
      '---',
      ...own
        .map((record) => ({ ...record, label: relativeName(record.name, zone) }))
        .sort((left, right) => (left.label < right.label ? -1 : 1))
        .flatMap(({ label, ttl, target }) => [
          `${label === '@' ? "''" : label}:`,
          `  ttl: ${ttl}`,
          '  type: CNAME',
          `  value: ${target}.`,
        ]),
    ]),
  terraform: (records) => {
    // As `terraform fmt` aligns it.
    const width = Math.max(...records.map(({ name }) => name.length)) + 2
    return [
      'locals {',
      '  dmarc_cnames = {',
      ...records.map(
        ({ zone, name, ttl, target }) =>
          `    ${`"${name}"`.padEnd(width)} = { zone = "${zone}", name = "${relativeName(name, zone)}", type = "CNAME", value = "${target}.", ttl = ${ttl} }`,
      ),
      '  }',
      '}',
      '',
    ].join('\n')
  },
  'cloudflare-csv': (records) =>
    [
      'Type,Name,Content,TTL,Proxied',
      ...records.map(({ name, ttl, target }) => `CNAME,${name},${target},${ttl},false`),
      '',
    ].join('\n'),
} as const satisfies { readonly [name: string]: RecordFormat }

export type RecordFormatName = keyof typeof recordFormats
export const recordFormatNames = Object.keys(recordFormats) as readonly RecordFormatName[]

function byZone(
  records: readonly PrintedRecord[],
  lines: (zone: string, own: readonly PrintedRecord[]) => readonly string[],
): string {
  const groups = [...Map.groupBy(records, ({ zone }) => zone)]
  return `${groups.map(([zone, own]) => lines(zone, own).join('\n')).join('\n\n')}\n`
}
