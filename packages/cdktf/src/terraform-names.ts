import type { IConstruct } from 'constructs'
import { TerraformElement, TerraformResource, TerraformStack } from './framework.ts'

const valid = /^[A-Za-z_]/

/** The name that `ensureValidNames` gives in the place of one. */
export const validName = (name: string) => (valid.test(name) ? name : `_${name}`)

/**
 * Terraform's names begin with a letter or an underscore, and the frameworks make them of the ids of constructs, which
 * need not (`1and1.example`). Gives an underscore to the names at and below `scope` that would be invalid. All others
 * stay as they are: they are addresses in the states of users.
 */
export function ensureValidNames(scope: IConstruct): void {
  refuseSharedNames(TerraformStack.of(scope))
  for (const element of scope.node.findAll().filter((node) => TerraformElement.isTerraformElement(node))) {
    // Not `friendlyUniqueId`, which is fixed at its first use and could not be overridden later.
    const name = element.cdktfStack.getLogicalId(element)
    if (valid.test(name) || isOverridden(element)) continue
    try {
      element.overrideLogicalId(validName(name))
    } catch {
      // A reference to it was made before; the validation tells.
    }
    element.node.addValidation({ validate: () => faults(element.friendlyUniqueId) })
  }
}

function faults(name: string): string[] {
  if (valid.test(name)) return []
  const expected = 'expected one that begins with a letter or an underscore'
  return [`found the Terraform name ${name}, ${expected}. Begin the id of the outermost construct with a letter.`]
}

const checkedStacks = new WeakSet<TerraformStack>()

/** The frameworks write the last of several resources with one name, and Terraform would delete what the others stand for. */
function refuseSharedNames(stack: TerraformStack): void {
  if (checkedStacks.has(stack)) return
  checkedStacks.add(stack)
  stack.node.addValidation({
    validate: () => {
      const first = new Map<string, string>()
      return stack.node.findAll().flatMap((node) => {
        if (!TerraformResource.isTerraformResource(node) || TerraformStack.of(node) !== stack) return []
        const name = `${node.terraformResourceType}.${node.friendlyUniqueId}`
        const other = first.get(name)
        first.set(name, other ?? node.node.path)
        if (other === undefined) return []
        const found = `found the Terraform name ${name} for ${other} and ${node.node.path}`
        return [`${found}, expected a name for each. Give one of them another with overrideLogicalId.`]
      })
    },
  })
}

/** The frameworks keep it private, and do not tell it without keeping the name for good. */
const isOverridden = (element: TerraformElement) => Reflect.get(element, '_logicalIdOverride') !== undefined
