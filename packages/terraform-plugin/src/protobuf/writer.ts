const text = new TextEncoder()

/** Writes protobuf primitives into a buffer that grows. */
export class Writer {
  #buffer = new Uint8Array(64)
  #length = 0

  finish(): Uint8Array {
    return this.#buffer.subarray(0, this.#length)
  }

  /** An int64, int32, enum or bool as protobuf varint. Negative numbers take ten bytes, as two's complement. */
  varint(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`protobuf: ${value} is no safe integer`)
    if (value < 0) this.#bigVarint(BigInt.asUintN(64, BigInt(value)))
    else this.#smallVarint(value)
  }

  #smallVarint(value: number): void {
    this.#reserve(10)
    let rest = value
    while (rest > 0x7f) {
      this.#buffer[this.#length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#buffer[this.#length++] = rest
  }

  tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType)
  }

  bytes(value: Uint8Array): void {
    this.varint(value.length)
    this.#reserve(value.length)
    this.#buffer.set(value, this.#length)
    this.#length += value.length
  }

  string(value: string): void {
    this.bytes(text.encode(value))
  }

  #bigVarint(value: bigint): void {
    this.#reserve(10)
    let rest = value
    while (rest > 0x7fn) {
      this.#buffer[this.#length++] = Number(rest & 0x7fn) | 0x80
      rest >>= 7n
    }
    this.#buffer[this.#length++] = Number(rest)
  }

  #reserve(extra: number): void {
    const needed = this.#length + extra
    if (needed <= this.#buffer.length) return
    const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2))
    grown.set(this.#buffer.subarray(0, this.#length))
    this.#buffer = grown
  }
}
