import { losslessNumbers } from '../encoding/json.ts'
import { ExactNumber } from '../encoding/number.ts'

/**
 * JSON of Terraform without losing a digit: numbers are JavaScript numbers where those are exact, else a bigint or the decimal
 * digits as text.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown, context?: { readonly source?: string }) => {
    const exact = losslessNumbers(key, value, context)
    return exact instanceof ExactNumber ? exact.text : exact
  })
}
