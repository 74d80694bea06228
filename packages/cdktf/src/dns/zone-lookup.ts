import type { Construct } from 'constructs'
import { TerraformStack } from '../framework.ts'

/** A zone by its id, or by its name, which a data source then looks up. */
export type ZoneById = string | ZoneByName

export interface ZoneByName {
  /** The zone's name. */
  readonly lookUp: string
}

/** The data source for a zone: one in each stack, however many records ask for it. */
export function sharedLookup<Data extends Construct>(
  scope: Construct,
  kind: string,
  name: string,
  make: (stack: TerraformStack, id: string) => Data,
): Data {
  const stack = TerraformStack.of(scope)
  const id = `${kind}-${name.toLowerCase().replace(/\.$/, '')}`
  return (stack.node.tryFindChild(id) as Data | undefined) ?? make(stack, id)
}
