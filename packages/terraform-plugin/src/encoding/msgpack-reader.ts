const utf8 = new TextDecoder('utf-8', { fatal: true })
const SHORT = 256

/** One MessagePack item. Arrays and maps are given as their heads; their members follow as items. */
export type Item =
  | { readonly kind: 'nil' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'binary'; readonly value: Uint8Array }
  | { readonly kind: 'array' | 'map'; readonly length: number }
  | { readonly kind: 'extension'; readonly type: number; readonly data: Uint8Array }

/** Reads MessagePack item by item. Throws where the bytes end too early or make no sense. */
export class MsgpackReader {
  readonly #view: DataView
  readonly #bytes: Uint8Array
  readonly #buffer: Buffer
  #position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Goes past these bytes where they come next; otherwise stays and answers false. */
  skipIf(expected: Uint8Array): boolean {
    const { length } = expected
    const start = this.#position
    if (start + length > this.#bytes.length) return false
    for (let index = 0; index < length; index++) if (this.#bytes[start + index] !== expected[index]) return false
    this.#position = start + length
    return true
  }

  get done(): boolean {
    return this.#position === this.#bytes.length
  }

  next(): Item {
    const marker = this.#unsigned(1)
    if (marker < 0x80) return { kind: 'int', value: marker }
    if (marker < 0x90) return { kind: 'map', length: marker & 0x0f }
    if (marker < 0xa0) return this.#container('array', marker & 0x0f)
    if (marker < 0xc0) return this.#string(marker & 0x1f)
    if (marker >= 0xe0) return { kind: 'int', value: marker - 0x100 }
    switch (marker) {
      case 0xc0:
        return { kind: 'nil' }
      case 0xc2:
      case 0xc3:
        return { kind: 'bool', value: marker === 0xc3 }
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return { kind: 'binary', value: this.#slice(this.#unsigned(1 << (marker - 0xc4))) }
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#unsigned(1 << (marker - 0xc7)))
      case 0xca:
        return { kind: 'float', value: this.#view.getFloat32(this.#advance(4)) }
      case 0xcb:
        return { kind: 'float', value: this.#view.getFloat64(this.#advance(8)) }
      case 0xcc:
      case 0xcd:
      case 0xce:
        return { kind: 'int', value: this.#unsigned(1 << (marker - 0xcc)) }
      case 0xcf:
        return { kind: 'int', value: simplest(this.#view.getBigUint64(this.#advance(8))) }
      case 0xd0:
        return { kind: 'int', value: this.#view.getInt8(this.#advance(1)) }
      case 0xd1:
        return { kind: 'int', value: this.#view.getInt16(this.#advance(2)) }
      case 0xd2:
        return { kind: 'int', value: this.#view.getInt32(this.#advance(4)) }
      case 0xd3:
        return { kind: 'int', value: simplest(this.#view.getBigInt64(this.#advance(8))) }
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#string(this.#unsigned(1 << (marker - 0xd9)))
      case 0xdc:
      case 0xdd:
        return this.#container('array', this.#unsigned(marker === 0xdc ? 2 : 4))
      case 0xde:
      case 0xdf:
        return this.#container('map', this.#unsigned(marker === 0xde ? 2 : 4))
      case 0xc1:
        throw new RangeError('msgpack: 0xc1 is never used')
      default:
        return this.#extension(1 << (marker - 0xd4))
    }
  }

  #container(kind: 'array' | 'map', length: number): Item {
    // Each member takes a byte at least; a longer claim must not make the caller allocate.
    if (length > this.#bytes.length - this.#position)
      throw new RangeError(`msgpack: ${kind} is longer than its message`)
    return { kind, length }
  }

  #string(length: number): Item {
    const start = this.#advance(length)
    return {
      kind: 'string',
      value: this.#ascii(start, start + length) ?? utf8.decode(this.#bytes.subarray(start, start + length)),
    }
  }

  /** Nearly all text is short ASCII, which needs no decoder. Undefined for anything else. */
  #ascii(start: number, end: number): string | undefined {
    if (end - start > SHORT) return undefined
    for (let at = start; at < end; at++) if ((this.#bytes[at] as number) >= 0x80) return undefined
    return this.#buffer.toString('latin1', start, end)
  }

  #extension(length: number): Item {
    const type = this.#view.getInt8(this.#advance(1))
    return { kind: 'extension', type, data: this.#slice(length) }
  }

  #unsigned(size: number): number {
    const at = this.#advance(size)
    return size === 1 ? this.#view.getUint8(at) : size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at)
  }

  #slice(length: number): Uint8Array {
    const start = this.#advance(length)
    return this.#bytes.subarray(start, start + length)
  }

  #advance(count: number): number {
    const start = this.#position
    if (start + count > this.#bytes.length) throw new RangeError('msgpack: the message ends too early')
    this.#position = start + count
    return start
  }
}

function simplest(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
