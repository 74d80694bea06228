import { Reader } from './reader.ts'
import { Writer } from './writer.ts'

/** Field types of proto3, as far as the plugin protocol uses them. `T` is what a decoded field holds. */
export interface FieldType<T> {
  readonly wireType: 0 | 2
  /** What an absent field decodes to. */
  initial(): T
  read(reader: Reader, before: T): T
  /** Writes the field with its tag; writes nothing for a value that means "absent". */
  write(writer: Writer, field: number, value: T): void
}

export type Message<F> = { [K in keyof F]: F[K] extends { type: FieldType<infer T> } ? T : never }
type FieldTable = { readonly [name: string]: { readonly number: number; readonly type: FieldType<never> } }

export interface Codec<T> {
  encode(value: Partial<T>): Uint8Array
  /** Unknown fields are skipped. */
  decode(bytes: Uint8Array): T
}

const field = <T>(number: number, type: FieldType<T>) => ({ number, type })

const scalar = <T>(
  wireType: 0 | 2,
  empty: T,
  read: (reader: Reader) => T,
  write: (writer: Writer, value: T) => void,
  isEmpty: (value: T) => boolean = (value) => value === empty,
): FieldType<T> => ({
  wireType,
  initial: () => empty,
  read,
  write(writer, number, value) {
    if (isEmpty(value)) return
    writer.tag(number, wireType)
    write(writer, value)
  },
})

const stringType = scalar<string>(
  2,
  '',
  (reader) => reader.string(),
  (writer, value) => writer.string(value),
)
const intType = scalar<number>(
  0,
  0,
  (reader) => reader.varint(),
  (writer, value) => writer.varint(value),
)
const boolType = scalar<boolean>(
  0,
  false,
  (reader) => reader.varint() !== 0,
  (writer, value) => writer.varint(value ? 1 : 0),
)
const bytesType = scalar<Uint8Array>(
  2,
  new Uint8Array(0),
  (reader) => reader.bytes(),
  (writer, value) => writer.bytes(value),
  (value) => value.length === 0,
)

/** A field whose absence differs from its zero value: members of a oneof and `optional` fields. */
const optional = <T>(type: FieldType<T>, write: (writer: Writer, value: T) => void): FieldType<T | undefined> => ({
  wireType: type.wireType,
  initial: () => undefined,
  read: (reader) => type.read(reader, type.initial()),
  write(writer, number, value) {
    if (value === undefined) return
    writer.tag(number, type.wireType)
    write(writer, value)
  },
})

export const string = (number: number) => field(number, stringType)
export const int = (number: number) => field(number, intType)
export const bool = (number: number) => field(number, boolType)
export const bytes = (number: number) => field(number, bytesType)
export const optionalString = (number: number) =>
  field(
    number,
    optional(stringType, (w, value) => w.string(value)),
  )
export const optionalInt = (number: number) =>
  field(
    number,
    optional(intType, (w, value) => w.varint(value)),
  )
export const optionalBytes = (number: number) =>
  field(
    number,
    optional(bytesType, (w, value) => w.bytes(value)),
  )

/** A message inside a message. The codec comes through a function, so that messages can hold each other. */
export const embedded = <T>(number: number, codec: () => Codec<T>) =>
  field<Partial<T> | undefined>(number, {
    wireType: 2,
    initial: () => undefined,
    read: (reader) => codec().decode(reader.bytes()),
    write(writer, at, value) {
      if (value === undefined) return
      writer.tag(at, 2)
      writer.bytes(codec().encode(value))
    },
  })

export const repeated = <T>(number: number, codec: () => Codec<T>) =>
  field<readonly Partial<T>[]>(number, {
    wireType: 2,
    initial: () => [],
    read(reader, before) {
      const list = before as Partial<T>[]
      list.push(codec().decode(reader.bytes()))
      return list
    },
    write(writer, at, values) {
      for (const value of values) {
        writer.tag(at, 2)
        writer.bytes(codec().encode(value))
      }
    },
  })

/** A map from strings to messages: on the wire a list of entries `{ 1: key, 2: value }`. */
export const map = <T>(number: number, codec: () => Codec<T>) => {
  const entries = message({ key: string(1), value: embedded(2, codec) })
  return field<{ readonly [key: string]: Partial<T> }>(number, {
    wireType: 2,
    initial: () => ({}),
    read(reader, before) {
      const { key, value } = entries.decode(reader.bytes())
      return Object.assign(before, { [key]: value ?? {} })
    },
    write(writer, at, values) {
      for (const [key, value] of Object.entries(values)) {
        writer.tag(at, 2)
        writer.bytes(entries.encode({ key, value }))
      }
    },
  })
}

/** Makes the codec of a message from its table of fields. */
export function message<F extends object>(fields: F): Codec<Message<F>> {
  const table = Object.entries(fields as FieldTable)
  const byNumber = new Map(
    table.map(([name, entry]) => [entry.number, { name, type: entry.type as FieldType<unknown> }]),
  )
  return {
    encode(value) {
      const writer = new Writer()
      for (const [name, { number, type }] of table) {
        const member = (value as Record<string, unknown>)[name]
        if (member !== undefined) (type as FieldType<unknown>).write(writer, number, member)
      }
      return writer.finish()
    },
    decode(data) {
      const reader = new Reader(data)
      const value: Record<string, unknown> = {}
      for (const { name, type } of byNumber.values()) value[name] = type.initial()
      while (!reader.done) {
        const tag = reader.varint()
        const entry = byNumber.get(Math.floor(tag / 8))
        if (entry && entry.type.wireType === tag % 8) value[entry.name] = entry.type.read(reader, value[entry.name])
        else reader.skip(tag % 8)
      }
      return value as Message<F>
    },
  }
}
