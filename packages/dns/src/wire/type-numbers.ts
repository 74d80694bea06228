const types: readonly [number, string][] = [
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [39, 'DNAME'],
  [41, 'OPT'],
  [43, 'DS'],
  [46, 'RRSIG'],
  [47, 'NSEC'],
  [50, 'NSEC3'],
  [257, 'CAA'],
]

const names = new Map(types)
const numbers = new Map(types.map(([number, name]) => [name, number]))

/** The mnemonic of a record type where this package knows one, otherwise `TYPE123` (RFC 3597 section 5). */
export function typeName(type: number): string {
  return names.get(type) ?? `TYPE${type}`
}

/** The number of a record type by its mnemonic. Throws `RangeError` for one this package does not know. */
export function typeNumber(name: string): number {
  const number = numbers.get(name)
  if (number === undefined) throw new RangeError(`"${name}" is no record type that can be asked for`)
  return number
}
