// Bootstring parameters for Punycode (RFC 3492 section 5).
const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700
const initialBias = 72
const initialN = 0x80

/**
 * Decodes what follows `xn--` in an A-label (RFC 3492 6.2), or undefined when it is not Punycode. Only decoding is
 * needed here: browsers and Node encode inside `URL`, but neither decodes.
 */
export function decodePunycode(input: string): string | undefined {
  const delimiter = input.lastIndexOf('-')
  const output = Array.from(input.slice(0, Math.max(delimiter, 0)), (character) => character.charCodeAt(0))
  let n = initialN
  let i = 0
  let bias = initialBias
  let at = delimiter < 0 ? 0 : delimiter + 1
  while (at < input.length) {
    const before = i
    let weight = 1
    for (let k = base; ; k += base) {
      const digit = digitOf(input.charCodeAt(at++))
      if (digit === undefined) return undefined
      i += digit * weight
      const threshold = Math.min(Math.max(k - bias, tMin), tMax)
      if (digit < threshold) break
      weight *= base - threshold
      if (i > 0x7fffffff || weight > 0x7fffffff) return undefined
    }
    const length = output.length + 1
    bias = adapt(i - before, length, before === 0)
    n += Math.floor(i / length)
    if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return undefined
    i %= length
    output.splice(i++, 0, n)
  }
  return String.fromCodePoint(...output)
}

function digitOf(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26
  if (code >= 0x61 && code <= 0x7a) return code - 0x61
  if (code >= 0x41 && code <= 0x5a) return code - 0x41
  return undefined
}

function adapt(delta: number, length: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? damp : 2))
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > ((base - tMin) * tMax) / 2; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}
