import type { IConstruct } from 'constructs'
import { TerraformStack } from './framework.ts'

const checked = new WeakSet<object>()

/**
 * Fails where the stack of a construct is made by another framework: otherwise the synthesis would end in the middle with a TypeError
 * of the framework, as it does where only half of the imports were changed. A second copy of the same framework is fine.
 */
export function ensureOneFramework(construct: IConstruct): void {
  const stack = construct.node.scopes.find((scope) => TerraformStack.isStack(scope))
  if (stack === undefined || checked.has(stack)) return
  if (!(stack instanceof TerraformStack) && membersOf(baseOf(stack)) !== membersOf(TerraformStack.prototype)) {
    throw new Error(
      `${construct.node.path} and its stack are made by two frameworks. Import everything for one of them: ` +
        "'cdktf' with '@dmarc-as-code/cdktf', or 'cdktn' with '@dmarc-as-code/cdktf/cdktn'.",
    )
  }
  checked.add(stack)
}

/** The framework's own part of a stack, below the classes of the program. */
function baseOf(stack: object): object {
  let base: object = stack
  for (let next = Object.getPrototypeOf(stack); next !== null; next = Object.getPrototypeOf(next)) {
    if (next.constructor.name === TerraformStack.name) base = next
  }
  return base
}

const membersOf = (prototype: object) => Object.getOwnPropertyNames(prototype).sort().join()
