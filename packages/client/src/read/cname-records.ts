import { kindOfName, type RecordKind, recordKinds, recordKindTable } from '@dmarc-as-code/records/words'
import type { CnameStatus, HostedServiceName, RecordReason, WireRecord } from '../enumerations.ts'
import { asObject, type Json, text } from './json.ts'

/** A CNAME the customer must publish. */
export interface CnameRecord {
  /** The hosted service that the record belongs to. */
  service: HostedServiceName
  /** The API's word for the record. */
  record: WireRecord
  /** The same in the words of the records package. */
  kind: RecordKind
  /** Always `CNAME`. */
  type: 'CNAME'
  /** In lower case, without the final dot. */
  name: string
  /** The target, without the final dot. Opaque. */
  value: string
  /** Undefined when the answer does not tell. */
  status: CnameStatus | undefined
  /** Why, where the server says. */
  reason?: RecordReason | null
  /** When the server last looked (ISO 8601), where it says. */
  checked_at?: string | null
}

const nameKeys = ['name', 'host', 'hostname', 'cname_name']
const valueKeys = ['value', 'target', 'points_to', 'cname_value']
/** Where the name is the key, these can be nothing but the target, too. */
const keyedValueKeys = [...valueKeys, 'cname', 'CNAME', 'expected', 'content', 'data', 'record']
const statusKeys = ['status', 'cname_status', 'verification_status']

/**
 * Collects the CNAMEs from anywhere in an answer, because where the vendor puts them is not documented: every object with
 * a name-like and a value-like key, and every `{"_dmarc.example.com": "target"}`, the target also in an object or a list, the name
 * also as the API's word for the record. The name tells which record it is;
 * a name that belongs to none is not a record of ours. The first mention of a record wins, a later one may add its status.
 *
 * @param domain completes names that are relative to it (`_dmarc`)
 */
export function collectCnameRecords(answer: unknown, domain?: string): CnameRecord[] {
  const found = new Map<RecordKind, CnameRecord>()
  visit(answer, undefined, 0, (name, value, status, object) => {
    const plain = name.trim().toLowerCase().replace(/\.$/, '')
    const kind = kindOfName(plain)
    const target = value.trim().replace(/\.$/, '')
    if (!kind || target === '') return
    const known = found.get(kind)
    if (known) {
      known.status ??= status
      return
    }
    const { reason, checked_at } = object
    found.set(kind, {
      service: recordKindTable[kind].service,
      record: recordKindTable[kind].wireWord,
      kind,
      type: 'CNAME',
      name: isRelative(plain) && domain ? `${plain}.${domain.toLowerCase()}` : plain,
      value: target,
      status,
      ...(isTextOrNull(reason) && { reason }),
      ...(isTextOrNull(checked_at) && { checked_at }),
    })
  })
  return [...found.values()]
}

type Found = (name: string, value: string, status: string | undefined, object: Json) => void

function visit(value: unknown, outerStatus: string | undefined, depth: number, found: Found): void {
  // Answers are a few levels deep; a hundred would be an attack on the stack.
  if (depth > 100) return
  if (Array.isArray(value)) {
    for (const item of value) visit(item, outerStatus, depth + 1, found)
    return
  }
  const object = asObject(value)
  if (!object) return
  const name = firstText(object, nameKeys)
  const target = firstText(object, valueKeys)
  const status = firstText(object, statusKeys)
  if (name !== undefined && target !== undefined && !isOtherType(object.type))
    found(name, target, status ?? outerStatus, object)
  // `{enabled, cname_status, cname: {name, value}}`: the status belongs to the CNAME within.
  const inner = text(object.cname_status) ?? (name === undefined ? undefined : status)
  for (const [key, item] of Object.entries(object)) {
    if (typeof item === 'string') {
      if (key.includes('.') && kindOfName(key)) found(key, item, undefined, {})
    } else if (!isTxtKey(key)) {
      // `{"_dmarc.example.com": {"target": …, "status": …}}`: the name is the key.
      const name = nameOf(key, object)
      const inside = name === undefined ? undefined : targetIn(item)
      if (name !== undefined && inside !== undefined) {
        const details = asObject(Array.isArray(item) ? item[0] : item) ?? {}
        found(name, inside, firstText(details, statusKeys) ?? inner, details)
      } else visit(item, inner, depth + 1, found)
    }
  }
}

/** The name that a key stands for: the name itself, or the API's word for the record in a map of records. */
function nameOf(key: string, map: Json): string | undefined {
  if (kindOfName(key)) return key
  const kind = recordKinds.find((kind) => kind === key || recordKindTable[kind].wireWord === key)
  const isMap =
    kind &&
    Object.keys(map).every((each) =>
      recordKinds.some((kind) => each === kind || recordKindTable[kind].wireWord === each),
    )
  return isMap ? recordKindTable[kind].prefix : undefined
}

/** The target in what a name leads to: in an object that has no name of its own, or the only text of a list. */
function targetIn(value: unknown): string | undefined {
  if (Array.isArray(value))
    return value.length === 1 ? (typeof value[0] === 'string' ? value[0] : targetIn(value[0])) : undefined
  const object = asObject(value)
  const own = object && firstText(object, nameKeys)
  if (!object || isOtherType(object.type) || (own !== undefined && kindOfName(own))) return undefined
  return firstText(object, keyedValueKeys) ?? targetIn(object.CNAME ?? object.cname)
}

const firstText = (object: Json, keys: readonly string[]): string | undefined =>
  keys.map((key) => object[key]).find((value) => typeof value === 'string') as string | undefined

const isRelative = (name: string) => recordKinds.some((kind) => recordKindTable[kind].prefix === name)

const isOtherType = (type: unknown) => typeof type === 'string' && type.toUpperCase() !== 'CNAME'

/** The TXT behind a CNAME may carry the same name; it is the service's, not the customer's. */
const isTxtKey = (key: string) => key.startsWith('txt')

const isTextOrNull = (value: unknown): value is string | null => typeof value === 'string' || value === null
