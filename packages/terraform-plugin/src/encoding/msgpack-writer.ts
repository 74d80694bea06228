/** Writes MessagePack into a buffer that grows, always in the shortest form. */
export class MsgpackWriter {
  #buffer = Buffer.allocUnsafe(512)
  #length = 0

  finish(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.#buffer, 0, this.#length)
  }

  nil(): void {
    this.#byte(0xc0)
  }

  bool(value: boolean): void {
    this.#byte(value ? 0xc3 : 0xc2)
  }

  /** A whole number between -2^63 and 2^64-1. */
  int(value: bigint | number): void {
    if (typeof value === 'number' && value >= 0 && value < 0x80) {
      this.#byte(value)
      return
    }
    const big = BigInt(value)
    if (big >= 0n) {
      if (big < 0x80n) this.#byte(Number(big))
      else if (big < 0x100n) this.#head(0xcc, Number(big), 1)
      else if (big < 0x10000n) this.#head(0xcd, Number(big), 2)
      else if (big < 0x100000000n) this.#head(0xce, Number(big), 4)
      else this.#big(0xcf, big)
    } else if (big >= -0x20n) this.#byte(0x100 + Number(big))
    else if (big >= -0x80n) this.#head(0xd0, 0x100 + Number(big), 1)
    else if (big >= -0x8000n) this.#head(0xd1, 0x10000 + Number(big), 2)
    else if (big >= -0x80000000n) this.#head(0xd2, 0x100000000 + Number(big), 4)
    else this.#big(0xd3, BigInt.asUintN(64, big))
  }

  float64(value: number): void {
    this.#reserve(9)
    this.#buffer[this.#length] = 0xcb
    this.#buffer.writeDoubleBE(value, this.#length + 1)
    this.#length += 9
  }

  string(value: string): void {
    const length = Buffer.byteLength(value)
    if (length < 0x20) this.#byte(0xa0 | length)
    else if (length < 0x100) this.#head(0xd9, length, 1)
    else if (length < 0x10000) this.#head(0xda, length, 2)
    else this.#head(0xdb, length, 4)
    this.#reserve(length)
    this.#length += this.#buffer.write(value, this.#length, length)
  }

  binary(bytes: Uint8Array): void {
    const { length } = bytes
    if (length < 0x100) this.#head(0xc4, length, 1)
    else if (length < 0x10000) this.#head(0xc5, length, 2)
    else this.#head(0xc6, length, 4)
    this.raw(bytes)
  }

  /** The head of an array; its elements follow. */
  array(length: number): void {
    if (length < 0x10) this.#byte(0x90 | length)
    else if (length < 0x10000) this.#head(0xdc, length, 2)
    else this.#head(0xdd, length, 4)
  }

  /** The head of a map; its keys and values follow in turn. */
  map(length: number): void {
    if (length < 0x10) this.#byte(0x80 | length)
    else if (length < 0x10000) this.#head(0xde, length, 2)
    else this.#head(0xdf, length, 4)
  }

  extension(type: number, data: Uint8Array): void {
    const fixed = [1, 2, 4, 8, 16].indexOf(data.length)
    if (fixed >= 0) this.#byte(0xd4 + fixed)
    else if (data.length < 0x100) this.#head(0xc7, data.length, 1)
    else if (data.length < 0x10000) this.#head(0xc8, data.length, 2)
    else this.#head(0xc9, data.length, 4)
    this.#byte(type)
    this.raw(data)
  }

  #byte(value: number): void {
    this.#reserve(1)
    this.#buffer[this.#length++] = value
  }

  #head(marker: number, value: number, size: 1 | 2 | 4): void {
    this.#reserve(5)
    this.#buffer[this.#length] = marker
    this.#length = this.#buffer.writeUIntBE(value, this.#length + 1, size)
  }

  #big(marker: number, value: bigint): void {
    this.#reserve(9)
    this.#buffer[this.#length] = marker
    this.#length = this.#buffer.writeBigUInt64BE(value, this.#length + 1)
  }

  /** Bytes that are MessagePack already. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#buffer.set(bytes, this.#length)
    this.#length += bytes.length
  }

  #reserve(extra: number): void {
    const needed = this.#length + extra
    if (needed <= this.#buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(grown, 0, 0, this.#length)
    this.#buffer = grown
  }
}
