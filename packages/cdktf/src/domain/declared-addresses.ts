import type { IConstruct } from 'constructs'
import { type TerraformProvider, TerraformStack } from '../framework.ts'

const declared = new WeakMap<IConstruct, Map<string, string>>()

/**
 * Notes who declares an address in a stack. Answers the path of the construct that did so before, if one did. Each provider
 * may sign in to another service, so what one manages does not conflict with what another does.
 */
export function declareAddress(
  construct: IConstruct,
  address: string,
  account: string | undefined,
  provider: TerraformProvider | undefined,
): string | undefined {
  const stack = TerraformStack.of(construct)
  const inStack = declared.get(stack) ?? new Map<string, string>()
  declared.set(stack, inStack)
  const key = JSON.stringify([provider?.alias ?? '', account ?? '', address])
  const before = inStack.get(key)
  if (before === undefined) inStack.set(key, construct.node.path)
  return before
}
