import { InvalidArgumentError } from '../core/errors.ts'
import type { CallOptions } from '../core/transport.ts'

/** A change that depends on what the caller has seen. */
export interface IfVersion {
  /**
   * The `version` of the domain that the change was decided on. A server that announces `versions` refuses the change with
   * `VersionConflictError` where somebody has changed the domain since. @default the change is not bound
   */
  ifVersion?: number | undefined
}

/** The options with `If-Match` (RFC 9110 section 13.1.1) for the version, where there is one. */
export function withIfMatch(options: CallOptions & IfVersion): CallOptions {
  const { ifVersion, ...rest } = options
  if (ifVersion === undefined) return rest
  if (!Number.isSafeInteger(ifVersion) || ifVersion < 1) {
    throw new InvalidArgumentError(
      `ifVersion is ${String(ifVersion)}, expected the version of a domain, a positive integer`,
    )
  }
  return { ...rest, headers: { ...rest.headers, 'If-Match': `"${ifVersion}"` } }
}
