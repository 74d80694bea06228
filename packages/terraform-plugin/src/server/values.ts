import { decodeValue } from '../encoding/decode.ts'
import { encodeValue } from '../encoding/encode.ts'
import { decodeJsonValue } from '../encoding/json.ts'
import { isObject, type Raw, type RawObject } from '../encoding/raw.ts'
import type { ObjectType, Type } from '../encoding/type.ts'
import type { DynamicValue, MessageOf } from '../protobuf/tfplugin6-values.ts'
import { ValueMemory } from './value-memory.ts'

export type WireValue = MessageOf<typeof DynamicValue>

/** Reads a value Terraform sent; absent means null. */
export function fromWire(type: Type, value: WireValue | undefined): Raw {
  if (value?.msgpack?.length) return decodeValue(type, value.msgpack)
  if (value?.json?.length) return decodeJsonValue(type, value.json)
  return null
}

/** Reads an object, or null. The same bytes give the same object for a while. */
export function objectFromWire(type: ObjectType, value: WireValue | undefined): RawObject | null {
  const msgpack = value?.msgpack?.length ? value.msgpack : undefined
  const memory = memoryOf(type)
  const known = msgpack && memory.value(msgpack)
  if (known) return known
  const raw = fromWire(type, value)
  if (raw === null) return null
  if (!isObject(raw)) throw new TypeError('Terraform sent an unknown value where an object is expected.')
  if (msgpack) memory.remember(raw, msgpack)
  return raw
}

export function toWire(type: Type, value: Raw): WireValue {
  if (typeof type === 'string' || type[0] !== 'object' || !isObject(value)) return { msgpack: encodeValue(type, value) }
  const memory = memoryOf(type)
  const known = memory.bytes(value)
  if (known) return { msgpack: known }
  const msgpack = encodeValue(type, value)
  memory.remember(value, msgpack)
  return { msgpack }
}

const memories = new WeakMap<ObjectType, ValueMemory>()

function memoryOf(type: ObjectType): ValueMemory {
  let memory = memories.get(type)
  if (!memory) {
    memory = new ValueMemory()
    memories.set(type, memory)
  }
  return memory
}
