export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** All values of one type at one name, as a DNS service holds them. Plain JSON. */
export interface RecordSet {
  /** Lower-case A-labels without the final dot. */
  name: string
  type: string
  /** Seconds. */
  ttl: number
  /** Data in zone-file form; names inside are absolute and end in a dot. */
  values: string[]
  /** What else the service keeps with the set (routing policy, comment, proxy flag, raw bytes), to put it back exactly. */
  native?: Json
  /** Whether an HTTP proxy of the service answers in its place, which hides the record. */
  proxied?: boolean
}
