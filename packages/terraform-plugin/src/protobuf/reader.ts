const text = new TextDecoder('utf-8', { fatal: true })

/** Reads protobuf primitives. Throws where the bytes end too early. */
export class Reader {
  readonly #buffer: Uint8Array
  #position = 0

  constructor(buffer: Uint8Array) {
    this.#buffer = buffer
  }

  get done(): boolean {
    return this.#position >= this.#buffer.length
  }

  /** A varint as a signed 64-bit number, which must be a safe integer. */
  varint(): number {
    let value = 0
    for (let scale = 1, index = 0; index < 7; index++, scale *= 0x80) {
      const byte = this.#byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    return this.#bigVarint(value)
  }

  bytes(): Uint8Array {
    const length = this.varint()
    const end = this.#position + length
    if (length < 0 || end > this.#buffer.length) throw new RangeError('protobuf: a field is longer than its message')
    const value = this.#buffer.subarray(this.#position, end)
    this.#position = end
    return value
  }

  string(): string {
    const value = this.bytes()
    // Names of types and methods come with every call; what is plain ASCII needs no decoder.
    return value.length < 64 && value.every((byte) => byte < 0x80) ? String.fromCharCode(...value) : text.decode(value)
  }

  skip(wireType: number): void {
    if (wireType === 0) while (this.#byte() >= 0x80);
    else if (wireType === 1) this.#advance(8)
    else if (wireType === 2) this.bytes()
    else if (wireType === 5) this.#advance(4)
    else throw new RangeError(`protobuf: wire type ${wireType} is not supported`)
  }

  #advance(count: number): void {
    if (this.#position + count > this.#buffer.length) throw new RangeError('protobuf: the message ends too early')
    this.#position += count
  }

  #bigVarint(low: number): number {
    let value = BigInt(low)
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) {
        const signed = Number(BigInt.asIntN(64, value))
        if (!Number.isSafeInteger(signed)) throw new RangeError(`protobuf: ${BigInt.asIntN(64, value)} is too large`)
        return signed
      }
    }
    throw new RangeError('protobuf: a varint is longer than ten bytes')
  }

  #byte(): number {
    const byte = this.#buffer[this.#position++]
    if (byte === undefined) throw new RangeError('protobuf: the message ends too early')
    return byte
  }
}
