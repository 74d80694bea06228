import { Dynamic } from './dynamic.ts'
import { memberKeys } from './member-keys.ts'
import { MsgpackWriter } from './msgpack-writer.ts'
import { fromFloat64, numbersEqual, numberText, type RawNumber, toDouble } from './number.ts'
import { type Raw, type RawObject, UnknownValue } from './raw.ts'
import type { ObjectType, Type } from './type.ts'

/** Encodes a value of a type as Terraform's MessagePack, byte for byte as Terraform itself does. */
export function encodeValue(type: Type, value: Raw): Uint8Array {
  const writer = new MsgpackWriter()
  write(writer, type, value)
  return writer.finish()
}

const utf8 = new TextEncoder()
const REFINED_UNKNOWN = 12

function write(writer: MsgpackWriter, type: Type, value: Raw): void {
  if (value === null) writer.nil()
  else if (value instanceof UnknownValue) writeUnknown(writer, value)
  else if (type === 'dynamic') writeDynamic(writer, value)
  else if (type === 'string') writer.string(value as string)
  else if (type === 'bool') writer.bool(value as boolean)
  else if (type === 'number') writeNumber(writer, value as RawNumber)
  else if (type[0] === 'list' || type[0] === 'set') writeElements(writer, type[1], value as readonly Raw[])
  else if (type[0] === 'tuple') writeTuple(writer, type[1], value as readonly Raw[])
  else if (type[0] === 'object') writeObject(writer, type, value as RawObject)
  else writeMap(writer, type[1], value as RawObject)
}

function writeElements(writer: MsgpackWriter, type: Type, elements: readonly Raw[]): void {
  writer.array(elements.length)
  for (const element of elements) write(writer, type, element)
}

function writeTuple(writer: MsgpackWriter, types: readonly Type[], elements: readonly Raw[]): void {
  writer.array(types.length)
  for (const [index, type] of types.entries()) write(writer, type, elements[index] ?? null)
}

/**
 * An integer within 64 bits, else a fraction that a float holds exactly, else decimal text. Larger whole numbers are text
 * even where a float is exact: Terraform keeps a float with 53 bits and would later print 2^64 as 18446744073709552000.
 */
function writeNumber(writer: MsgpackWriter, value: RawNumber): void {
  const isInt64 = typeof value === 'bigint' ? value === BigInt.asIntN(64, value) : Number.isSafeInteger(value)
  const double = toDouble(value)
  if (isInt64) writer.int(value as number | bigint)
  else if (Number.isFinite(double) && !Number.isInteger(double) && numbersEqual(fromFloat64(double), value))
    writer.float64(double)
  else writer.string(numberText(value))
}

function writeUnknown(writer: MsgpackWriter, { refinements }: UnknownValue): void {
  if (refinements.length === 0) writer.extension(0, Uint8Array.of(0))
  else writer.extension(REFINED_UNKNOWN, refinements)
}

function writeDynamic(writer: MsgpackWriter, value: Raw): void {
  if (!(value instanceof Dynamic)) throw new TypeError('a dynamic value is made by dynamic()')
  writer.array(2)
  writer.binary(utf8.encode(JSON.stringify(value.type)))
  write(writer, value.type, value.value as Raw)
}

function writeObject(writer: MsgpackWriter, type: ObjectType, value: RawObject): void {
  const keys = memberKeys(type)
  writer.map(keys.length)
  for (const key of keys) {
    writer.raw(key.encoded)
    write(writer, key.type, value[key.name] ?? null)
  }
}

function writeMap(writer: MsgpackWriter, type: Type, value: RawObject): void {
  const keys = Object.keys(value).sort()
  writer.map(keys.length)
  for (const key of keys) {
    writer.string(key)
    write(writer, type, value[key] ?? null)
  }
}
