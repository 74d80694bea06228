import { Dynamic } from './dynamic.ts'
import { memberKeys } from './member-keys.ts'
import { type Item, MsgpackReader } from './msgpack-reader.ts'
import { fromFloat64, parseNumber } from './number.ts'
import { newRawObject, type Raw, type RawObject, UnknownValue } from './raw.ts'
import { type ObjectType, parseType, type Type } from './type.ts'

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
      return readMap(reader, expected('map', item, type).length, type[1])
    case 'tuple': {
      const { length } = expected('array', item, type)
      if (length !== type[1].length) throw mismatch(item, type)
      return type[1].map((member) => read(reader, member))
    }
    case 'object':
      return readObject(reader, expected('map', item, type).length, type)
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

function readMap(reader: MsgpackReader, length: number, type: Type): RawObject {
  const map = newRawObject()
  for (let index = 0; index < length; index++) map[readKey(reader)] = read(reader, type)
  return map
}

function readObject(reader: MsgpackReader, length: number, type: ObjectType): RawObject {
  const members = type[1]
  const keys = memberKeys(type)
  const object = newRawObject()
  for (let index = 0; index < length; index++) {
    // Terraform writes all members in the order of their names, so the next key is nearly always known without reading it.
    const key = keys[index]
    if (key && reader.skipIf(key.encoded)) {
      object[key.name] = read(reader, key.type)
    } else {
      const name = readKey(reader)
      object[name] = read(reader, memberType(members, name))
    }
  }
  return object
}

function readKey(reader: MsgpackReader): string {
  const key = reader.next()
  if (key.kind !== 'string') throw new TypeError(`msgpack: a map key is ${key.kind}, expected string`)
  return key.value
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
