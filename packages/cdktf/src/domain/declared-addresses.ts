import type { IConstruct } from 'constructs'
import { TerraformStack } from '../framework.ts'

const claims = new WeakMap<IConstruct, Map<string, string>>()

/** Notes who declares an address in a stack. Answers the path of the construct that did so before, if one did. */
export function declareAddress(
  construct: IConstruct,
  address: string,
  account: string | undefined,
): string | undefined {
  const stack = TerraformStack.of(construct)
  const claimed = claims.get(stack) ?? new Map<string, string>()
  claims.set(stack, claimed)
  const key = `${account ?? ''}/${address}`
  const before = claimed.get(key)
  if (before === undefined) claimed.set(key, construct.node.path)
  return before
}
