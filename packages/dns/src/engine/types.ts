import type { RecordSet } from '../record-set.ts'

export type { Json, RecordSet } from '../record-set.ts'
/** The `id` of a DNS service in the catalogue, `manual`, or `memory` for the reference kept in memory. */
export type ServiceId = string

/** A record to have. Names may be written with or without the final dot; they are absolute either way. */
export interface WantedRecord {
  name: string
  type: 'CNAME'
  value: string
  /** Seconds. Default: what the plan says (300). */
  ttl?: number
}

/** A zone the credentials can change. */
export interface HostedZone {
  /** The service's own identifier. */
  id: string
  /** Lower-case, without the final dot. */
  name: string
  /**
   * A sentence about this zone where other records than elsewhere at the service come in two steps: that nothing may stand at
   * a name while they are exchanged.
   */
  exchange?: string
  /** Seconds: the least TTL in this zone, where the service has one for each zone. It counts instead of `Abilities.minimumTtl`. */
  minimumTtl?: number
  /** A sentence about what the service does not show of this zone, and what would be lost with a record set that is replaced. */
  hidden?: string
  /** A sentence that whoever changes this zone should know, such as that its secondaries would not learn of a change. */
  warning?: string
  /**
   * What tells this zone from another one that has its name and id, of services whose ids are names: the primary server of its
   * SOA (`the primary server ns1.example.com`) or when it was made, and the serial of its SOA, which never goes back.
   */
  origin?: { mark: string; serial?: number }
  /** Host names of the servers that serve this zone, where the service says so together with the zone. */
  nameServers?: string[]
}

/** What a service can do. The engine orders its steps by it and never claims more. */
export interface Abilities {
  /** False for `manual`: a person does the writing. */
  canWrite: boolean
  /** Whether what stands at a name can be exchanged in one step, with no moment in which neither is there. */
  canReplaceAtomically: boolean
  /** Whether several names of a zone can be changed in one step, all or none. */
  canApplyAllAtomically: boolean
  /** How many names one step may hold. Default: any number. */
  maximumNames?: number
  /** Whether the service itself refuses the change when the records are not what they were when read. */
  checksBeforeWriting: boolean
  /** Whether a record's TTL can be chosen. */
  supportsTtl: boolean
  /** Seconds; lower values are refused or raised by the service. */
  minimumTtl?: number
  /** The only TTLs the service keeps, in seconds and in order; others are raised to the next one. Default: any. */
  ttls?: readonly number[]
}

/** The change of everything at one name: `before` is what stands there now, `after` what shall stand there. */
export interface NameChange {
  name: string
  before: RecordSet[]
  after: RecordSet[]
}

export interface CallOptions {
  signal?: AbortSignal | undefined
}

export interface FindZoneOptions extends CallOptions {
  /** Ask the service, even where its list of zones has just been read. */
  fresh?: boolean | undefined
}

/** One DNS service with one set of credentials. Methods reject with `DnsServiceError`. */
export interface DnsAdapter {
  readonly service: ServiceId
  /** The name people know the service by. */
  readonly label: string
  readonly abilities: Abilities
  /**
   * Which server, account or project this adapter writes to, and as whom, in words without secrets: `192.0.2.53:53 as
   * update-key`. Plans and journals carry it, and another one is refused. Undefined where zone ids alone tell.
   */
  readonly identity?: string
  /** The longest zone of this service that holds the name, or undefined. Private zones never count. */
  findZone(name: string, options?: FindZoneOptions): Promise<HostedZone | undefined>
  /** Host names of the servers that serve a zone, of services that tell them only when asked for one zone. */
  nameServers?(zone: HostedZone, options?: CallOptions): Promise<string[]>
  /**
   * Every record set at exactly these names, DNSSEC's own records (RRSIG, NSEC) left out. Reads what the service holds,
   * not what a wildcard would answer. Never pages through a zone; one that fits into one answer may be read in one.
   */
  read(zone: HostedZone, names: readonly string[], options?: CallOptions): Promise<RecordSet[]>
  /**
   * Why `read` does not show everything that stands at a name of the zone, as it found when it last read there; undefined where it
   * shows all. What is not shown is never replaced. Absent: everything is shown.
   */
  unseen?(zone: HostedZone): string | undefined
  /**
   * Every record set of a zone, DNSSEC's own records left out; pages through it where it must. Of services that give a
   * zone as a whole.
   */
  list?(zone: HostedZone, options?: CallOptions): Promise<RecordSet[]>
  /**
   * Makes each name hold exactly `after`. Touches nothing else. Fails with `changed`, touching nothing, when a name no
   * longer holds `before`; so a write that may have been carried out must not be repeated, or it would meet its own
   * effect. Several changes come at once only if `canApplyAllAtomically`.
   */
  write(zone: HostedZone, changes: readonly NameChange[], options?: CallOptions): Promise<void>
  /** Gives up connections. */
  close?(): Promise<void>
}
