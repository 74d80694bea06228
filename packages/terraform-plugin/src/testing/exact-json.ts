import { ExactNumber, parseNumber } from '../encoding/number.ts'

/**
 * JSON of Terraform without losing a digit: numbers are JavaScript numbers where those are exact, else a bigint or the decimal
 * digits as text.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, exact)
}

function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value
  const number = parseNumber(context.source)
  return number instanceof ExactNumber ? number.text : number
}
