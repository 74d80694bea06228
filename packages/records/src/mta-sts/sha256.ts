// SHA-256 (FIPS 180-4) in plain TypeScript: Web Crypto answers only asynchronously, and this package is synchronous.

const primes = firstPrimes(64)
const roundConstants = Uint32Array.from(primes, (prime) => fractionBits(Math.cbrt(prime)))
const initialState = primes.slice(0, 8).map((prime) => fractionBits(Math.sqrt(prime)))

/** The SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  const blocks = pad(new TextEncoder().encode(text))
  const state = Uint32Array.from(initialState)
  const schedule = new Uint32Array(64)
  for (let at = 0; at < blocks.byteLength; at += 64) compress(state, blocks, at, schedule)
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}

/** FIPS 180-4 5.1.1: a one bit, zeros, and the length in bits as 64 bits. */
function pad(message: Uint8Array): DataView {
  const length = Math.ceil((message.length + 9) / 64) * 64
  const padded = new Uint8Array(length)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(length - 8, Math.floor(message.length / 0x20000000))
  view.setUint32(length - 4, (message.length << 3) >>> 0)
  return view
}

/** FIPS 180-4 6.2.2. Typed arrays hold 32-bit words, so sums wrap when stored. */
function compress(state: Uint32Array, blocks: DataView, at: number, w: Uint32Array): void {
  const word = (index: number) => w[index] ?? 0
  for (let i = 0; i < 16; i++) w[i] = blocks.getUint32(at + 4 * i)
  for (let i = 16; i < 64; i++) {
    const s0 = rotate(word(i - 15), 7) ^ rotate(word(i - 15), 18) ^ (word(i - 15) >>> 3)
    const s1 = rotate(word(i - 2), 17) ^ rotate(word(i - 2), 19) ^ (word(i - 2) >>> 10)
    w[i] = word(i - 16) + s0 + word(i - 7) + s1
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const choose = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choose + (roundConstants[i] ?? 0) + word(i)) | 0
    const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + value
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

/** The first 32 bits of the fraction: exact enough in a double for the roots of the first 64 primes. */
function fractionBits(value: number): number {
  return Math.floor((value - Math.floor(value)) * 0x100000000)
}

function firstPrimes(count: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  }
  return found
}
