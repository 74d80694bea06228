import { decodeValue } from '../encoding/decode.ts'
import { encodeValue } from '../encoding/encode.ts'
import { decodeJsonValue } from '../encoding/json.ts'
import { isObject, type Raw, type RawObject } from '../encoding/raw.ts'
import type { Type } from '../encoding/type.ts'
import type { DynamicValue, MessageOf } from '../protobuf/tfplugin6-values.ts'

export type WireValue = MessageOf<typeof DynamicValue>

/** Reads a value Terraform sent; absent means null. */
export function fromWire(type: Type, value: WireValue | undefined): Raw {
  if (value?.msgpack?.length) return decodeValue(type, value.msgpack)
  if (value?.json?.length) return decodeJsonValue(type, value.json)
  return null
}

/** Reads an object, or null. */
export function objectFromWire(type: Type, value: WireValue | undefined): RawObject | null {
  const raw = fromWire(type, value)
  if (raw === null || isObject(raw)) return raw
  throw new TypeError('Terraform sent an unknown value where an object is expected.')
}

export function toWire(type: Type, value: Raw): WireValue {
  return { msgpack: encodeValue(type, value) }
}
