import { linesOf, type ZoneRecords } from '../zone-dump.ts'

/** One record of a stand-in: an absolute name without its final dot, a value in zone-file form, and the service's extras. */
export interface StateRecord {
  id: number
  name: string
  type: string
  ttl: number
  value: string
  extra: { [field: string]: unknown }
}

/** What a service refuses, as data, because it is what adapters get wrong. */
export interface ZoneRules {
  minimumTtl?: number
  /** Whether a CNAME may stand beside other records. Default `refused`. */
  cnameBeside?: 'refused' | 'accepted'
}

export type Problem = 'cname' | 'duplicate' | 'ttl'

/** The records of an account's zones, by ids that never come twice. */
export class ZoneState {
  readonly #zones: Map<string, StateRecord[]>
  readonly #rules: ZoneRules
  #nextId = 1001

  constructor(zones: readonly { name: string; sets: readonly ZoneRecords[] }[], rules: ZoneRules = {}) {
    this.#rules = rules
    this.#zones = new Map(
      zones.map(({ name, sets }) => [
        name,
        sets.flatMap((set) =>
          set.values.map((value) => ({
            id: this.#nextId++,
            name: set.name,
            type: set.type,
            ttl: set.ttl,
            value,
            extra: { ...(set.native as object | undefined) },
          })),
        ),
      ]),
    )
  }

  get zones(): string[] {
    return [...this.#zones.keys()]
  }

  has(zone: string): boolean {
    return this.#zones.has(zone)
  }

  records(zone: string): StateRecord[] {
    return this.#zones.get(zone) ?? []
  }

  at(zone: string, name: string, type?: string): StateRecord[] {
    return this.records(zone).filter((record) => record.name === name && (type === undefined || record.type === type))
  }

  find(zone: string, id: string | number): StateRecord | undefined {
    return this.records(zone).find((record) => `${record.id}` === `${id}`)
  }

  /** Why a record cannot stand beside the others, `without` one that it takes the place of. */
  problemWith(zone: string, record: Omit<StateRecord, 'id' | 'extra'>, without?: StateRecord): Problem | undefined {
    const { minimumTtl = 0, cnameBeside = 'refused' } = this.#rules
    if (record.ttl < minimumTtl) return 'ttl'
    const beside = this.at(zone, record.name).filter((other) => other !== without)
    if (beside.some(({ type, value }) => type === record.type && value === record.value)) return 'duplicate'
    const clash = beside.some(({ type }) => type === 'CNAME' || record.type === 'CNAME')
    return clash && cnameBeside === 'refused' ? 'cname' : undefined
  }

  add(zone: string, record: Omit<StateRecord, 'id'>): StateRecord {
    const made = { ...record, id: this.#nextId++ }
    this.#zones.set(zone, [...this.records(zone), made])
    return made
  }

  remove(zone: string, ...gone: StateRecord[]): void {
    this.#zones.set(
      zone,
      this.records(zone).filter((record) => !gone.includes(record)),
    )
  }

  /** For all-or-nothing requests: gives back what puts the zone as it was. */
  snapshot(zone: string): () => void {
    const kept = [...this.records(zone)]
    return () => this.#zones.set(zone, kept)
  }

  dump(zone: string): string[] {
    return linesOf(
      this.records(zone).map(({ name, type, ttl, value, extra }) => ({
        name,
        type,
        ttl,
        values: [Object.keys(extra).length > 0 ? `${value} ; ${JSON.stringify(extra)}` : value],
      })),
    )
  }
}

/** `_dmarc` of `_dmarc.example.test`; the top of the zone as `apex`. */
export const relativeTo = (zone: string, name: string, apex = '') =>
  name === zone ? apex : name.slice(0, -zone.length - 1)

export const absoluteIn = (zone: string, relative: string, apex = '') =>
  relative === apex || relative === '' ? zone : `${relative}.${zone}`

/** The text that quoted strings stand for. */
export const unquoted = (value: string) =>
  [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part = '']) => part.replace(/\\(.)/g, '$1')).join('')

/** Text as quoted strings of at most 255 characters. */
export const quoted = (text: string) =>
  (text.match(/.{1,255}/gs) ?? ['']).map((part) => `"${part.replace(/(["\\])/g, '\\$1')}"`).join(' ')

/** Whether the last word of a type's data is a name. */
export const isNamed = (type: string) => ['CNAME', 'NS', 'MX', 'SRV', 'PTR', 'ALIAS', 'DNAME'].includes(type)

export const dotless = (value: string) => value.replace(/\.$/, '')
export const dotted = (value: string) => (value.endsWith('.') ? value : `${value}.`)

/** `10 mx.test.` as 10 and `mx.test.`, for services that keep the number beside the rest. */
export function withPriority({ type, value }: { type: string; value: string }): { priority: number; rest: string } {
  const match = type === 'MX' || type === 'SRV' ? /^(\d+) (.*)$/.exec(value) : null
  return match ? { priority: Number(match[1]), rest: match[2] ?? '' } : { priority: 0, rest: value }
}
