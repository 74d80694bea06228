/**
 * A Terraform number that neither a JavaScript number nor a bigint stands for exactly: `value` is near, the decimal
 * text is exact. Terraform calculates with 512 bits.
 */
export class ExactNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** A Terraform number in its simplest exact form. */
export type RawNumber = number | bigint | ExactNumber

const MAX_DIGITS = 2_000

/** A number from decimal text, in its simplest exact form. Throws on anything else. */
export function parseNumber(text: string): RawNumber {
  const plain = plainDecimal(text)
  const number = Number(plain)
  if (Number.isSafeInteger(number) && plain === String(number)) return number
  if (!plain.includes('.')) return BigInt(plain)
  // What JavaScript prints for its nearest double is what the user wrote: printing it again loses nothing.
  return decimalText(number) === plain ? number : new ExactNumber(plain)
}

/** A number received as a 64-bit float, whose exact value may have more digits than JavaScript prints. */
export function fromFloat64(value: number): RawNumber {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return value
  if (Number.isInteger(value)) return value === 0 ? 0 : BigInt(value)
  const exact = exactDecimal(value)
  return exact === decimalText(value) ? value : new ExactNumber(exact)
}

/** The nearest double. */
export function toDouble(value: RawNumber): number {
  return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : Number(value.text)
}

/** All digits, without an exponent. */
export function numberText(value: RawNumber): string {
  return typeof value === 'number' ? decimalText(value) : typeof value === 'bigint' ? String(value) : value.text
}

export function numbersEqual(left: RawNumber, right: RawNumber): boolean {
  return left === right || numberText(left) === numberText(right)
}

/** A double as JavaScript prints it, its exponent written out. */
export function decimalText(value: number): string {
  return plainDecimal(String(value))
}

/** Decimal text without exponent, plus sign, leading or trailing zeros. */
function plainDecimal(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? []
  if (!match || whole + fraction === '') throw new RangeError(`${JSON.stringify(text)} is no decimal number`)
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (Math.abs(point) > MAX_DIGITS || digits.length > MAX_DIGITS) {
    throw new RangeError(`a number of more than ${MAX_DIGITS} digits is not supported`)
  }
  const padded = '0'.repeat(Math.max(0, 1 - point)) + digits + '0'.repeat(Math.max(0, point - digits.length))
  const at = Math.max(point, 1)
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const decimals = padded.slice(at).replace(/0+$/, '')
  const plain = decimals === '' ? integer : `${integer}.${decimals}`
  return sign === '-' && plain !== '0' ? `-${plain}` : plain
}

/** The exact value of a double that is not whole: m / 2^k has exactly k decimals. */
function exactDecimal(value: number): string {
  let scale = 0
  let scaled = Math.abs(value)
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    scale++
  }
  const digits = String(BigInt(scaled) * 5n ** BigInt(scale)).padStart(scale + 1, '0')
  return plainDecimal(`${value < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`)
}
