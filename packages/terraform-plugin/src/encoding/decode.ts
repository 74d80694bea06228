import { Dynamic } from './dynamic.ts'
import { type Item, MsgpackReader } from './msgpack-reader.ts'
import { fromFloat64, parseNumber } from './number.ts'
import { type Raw, rawObject, UnknownValue } from './raw.ts'
import { parseType, type Type } from './type.ts'

/** Decodes Terraform's MessagePack by the type the schema gives it. Throws on anything that type does not allow. */
export function decodeValue(type: Type, bytes: Uint8Array): Raw {
  const reader = new MsgpackReader(bytes)
  const value = read(reader, type)
  if (!reader.done) throw new RangeError('msgpack: bytes are left after the value')
  return value
}

const REFINED_UNKNOWN = 12

function read(reader: MsgpackReader, type: Type): Raw {
  const item = reader.next()
  if (item.kind === 'nil') return null
  if (item.kind === 'extension') {
    return item.type === REFINED_UNKNOWN ? new UnknownValue(item.data.slice()) : UnknownValue.plain
  }
  if (type === 'dynamic') return readDynamic(reader, item)
  if (typeof type === 'string') return readPrimitive(type, item)
  switch (type[0]) {
    case 'list':
    case 'set':
      return Array.from({ length: expected('array', item, type).length }, () => read(reader, type[1]))
    case 'map':
      return rawObject(entries(reader, expected('map', item, type).length, () => type[1]))
    case 'tuple': {
      const { length } = expected('array', item, type)
      if (length !== type[1].length) throw mismatch(item, type)
      return type[1].map((member) => read(reader, member))
    }
    case 'object': {
      const { length } = expected('map', item, type)
      return rawObject(entries(reader, length, (name) => memberType(type[1], name)))
    }
  }
}

function readPrimitive(type: 'string' | 'number' | 'bool', item: Item): Raw {
  if (type === 'string' && item.kind === 'string') return item.value
  if (type === 'bool' && item.kind === 'bool') return item.value
  if (type === 'number') {
    if (item.kind === 'int') return item.value
    if (item.kind === 'float') return fromFloat64(item.value)
    if (item.kind === 'string') return parseNumber(item.value)
  }
  throw mismatch(item, type)
}

function readDynamic(reader: MsgpackReader, item: Item): Raw {
  const { length } = expected('array', item, 'dynamic')
  const constraint = length === 2 ? reader.next() : undefined
  if (constraint?.kind !== 'binary') throw mismatch(item, 'dynamic')
  const type = parseType(constraint.value)
  return new Dynamic(type, read(reader, type))
}

function* entries(reader: MsgpackReader, length: number, typeOf: (key: string) => Type): Iterable<[string, Raw]> {
  for (let index = 0; index < length; index++) {
    const key = reader.next()
    if (key.kind !== 'string') throw new TypeError(`msgpack: a map key is ${key.kind}, expected string`)
    yield [key.value, read(reader, typeOf(key.value))]
  }
}

function memberType(members: { readonly [name: string]: Type }, name: string): Type {
  if (!Object.hasOwn(members, name))
    throw new TypeError(`an object has an attribute "${name}" that is not in the schema`)
  return members[name] as Type
}

function expected(kind: 'array' | 'map', item: Item, type: Type): { readonly length: number } {
  if (item.kind !== kind) throw mismatch(item, type)
  return item as { readonly length: number }
}

function mismatch(item: Item, type: Type): TypeError {
  return new TypeError(`msgpack: found ${item.kind}, expected ${JSON.stringify(type)}`)
}
