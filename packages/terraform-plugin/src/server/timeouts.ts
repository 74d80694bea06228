import { isObject, type RawObject } from '../encoding/raw.ts'
import type { Timeouts } from '../provider/resource.ts'
import { parseDuration } from '../schema/duration.ts'
import { s } from '../schema/s.ts'
import type { BlockSpec } from '../schema/spec.ts'

/** The time limits of any kind of definition. */
export type AnyTimeouts = Timeouts & { readonly invoke?: string }
export type Operation = keyof AnyTimeouts

/** The `timeouts` block Terraform users know, with the operations the author named. Throws where a default is none. */
export function timeoutsBlock(where: string, defaults: AnyTimeouts): BlockSpec {
  for (const [operation, limit] of Object.entries(defaults)) {
    const milliseconds = parseDuration(limit)
    if (milliseconds === undefined) {
      throw new TypeError(
        `${where}.timeouts: "${limit}" for ${operation} is no duration. Write "90s", "10m" or "1h30m".`,
      )
    }
    if (milliseconds === 0) throw new TypeError(`${where}.timeouts: "${limit}" leaves no time for ${operation}.`)
  }
  const fields = Object.fromEntries(
    Object.entries(defaults).map(([operation, limit]) => [
      operation,
      s
        .string()
        .optional()
        .describe(`How long to wait for ${operation}, such as \`90s\` or \`1h30m\`. Default: \`${limit}\`.`)
        .validate((text) =>
          parseDuration(text) === undefined
            ? `"${text}" is no duration. Write numbers with units, such as "90s", "10m" or "1h30m".`
            : undefined,
        ),
    ]),
  )
  return s.block(fields).describe('Time limits of single operations.').spec
}

/** The limit of an operation in milliseconds: the user's, else the author's, else none. */
export function timeoutOf(
  operation: Operation,
  defaults: AnyTimeouts | undefined,
  value: RawObject | null,
): number | undefined {
  const block = value?.timeouts
  const chosen = isObject(block) ? block[operation] : undefined
  const text = typeof chosen === 'string' ? chosen : defaults?.[operation]
  return text === undefined ? undefined : parseDuration(text)
}
