import { type IResolvable, Lazy } from './framework.ts'

/**
 * A reference that is written out only when the stack is: until then, the resource it refers to may still be given another
 * name (`overrideLogicalId`).
 */
export const lazyText = (produce: () => string): string => Lazy.stringValue({ produce: once(produce) })

/** The same for values of other types. */
export const lazyValue = (produce: () => unknown): IResolvable => Lazy.anyValue({ produce: once(produce) })

/** The framework makes outputs for references between stacks the first time, and must find the same reference again. */
function once<T>(produce: () => T): () => T {
  let produced: { readonly value: T } | undefined
  return () => {
    produced ??= { value: produce() }
    return produced.value
  }
}
