import type { Construct } from 'constructs'
import { TerraformElement, TerraformResource, TerraformStack } from './framework.ts'
import { Problems } from './problems.ts'
import { validName } from './terraform-names.ts'

/**
 * Moved blocks for every resource below a construct that was declared at another path before. They are made while the stack is
 * written, so whatever the construct holds by then keeps its state.
 */
export class Moves extends TerraformElement {
  readonly #construct: Construct
  readonly #paths: (readonly string[])[] = []

  static of(construct: Construct): Moves {
    const found = construct.node.tryFindChild('moves')
    return found instanceof Moves ? found : new Moves(construct)
  }

  private constructor(construct: Construct) {
    super(construct, 'moves')
    this.#construct = construct
    this.node.addValidation({ validate: () => this.#faults() })
  }

  /** The ids of the former path below the stack, joined by `/`; of several, the oldest first. */
  from(oldPath: string): void {
    const path = typeof oldPath === 'string' ? oldPath : ''
    const ids = path.split('/').filter((id) => id !== '')
    this.#paths.push(ids)
    this.#warnOfStack(ids)
  }

  /** A path that was never there moves nothing, and what it was meant for is deleted. */
  #warnOfStack([first, ...rest]: readonly string[]): void {
    const { id } = TerraformStack.of(this).node
    if (first !== id || rest.length === 0) return
    const problems = new Problems()
    const found = `found ${[first, ...rest].join('/')}, which begins with the id of the stack`
    problems.warn('movedFrom', `${found}, expected a path below the stack. Write ${rest.join('/')}.`)
    problems.reportOn(this)
  }

  override toTerraform(): object {
    const moved = this.#paths.flatMap((path, index) => this.#blocks(path, this.#paths[index + 1]))
    return moved.length > 0 ? { moved } : {}
  }

  /** From a former path to a later one, or to where the construct is now. */
  #blocks(oldPath: readonly string[], later: readonly string[] | undefined): { from: string; to: string }[] {
    const stack = TerraformStack.of(this)
    const depth = this.#construct.node.scopes.length
    return this.#construct.node.findAll().flatMap((node) => {
      if (!TerraformResource.isTerraformResource(node)) return []
      const below = node.node.scopes.slice(depth).map(({ node }) => node.id)
      const from = `${node.terraformResourceType}.${oldName(stack, [...oldPath, ...below])}`
      const name = later === undefined ? node.friendlyUniqueId : oldName(stack, [...later, ...below])
      const to = `${node.terraformResourceType}.${name}`
      return from === to ? [] : [{ from, to }]
    })
  }

  #faults(): string[] {
    return this.#paths.flatMap((path) => {
      if (path.length === 0) return ['movedFrom: found an empty path, expected the former path. Write the former id.']
      if (this.#blocks(path, undefined).length > 0) return []
      return [
        `movedFrom: found ${path.join('/')}, which is where it is now, expected its former path. Remove the call.`,
      ]
    })
  }
}

/** The name that the stack gives to a resource at a path. */
function oldName(stack: TerraformStack, path: readonly string[]): string {
  const scopes = [stack, ...path.map((id) => ({ node: { id } }))]
  // What stacks name need not exist: they look at nothing but the ids of its scopes.
  return validName(stack.getLogicalId({ scopes } as unknown as Parameters<typeof stack.getLogicalId>[0]))
}
