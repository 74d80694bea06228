import type { IConstruct } from 'constructs'
import {
  Aspects,
  dependable,
  type IAspect,
  type ITerraformDependable,
  TerraformDataSource,
  TerraformResource,
  TerraformStack,
} from './framework.ts'
import { isOurs } from './mark.ts'

/**
 * The frameworks keep what `node.addDependency` says and do nothing with it. Where one of the two is a construct of ours, this
 * writes it into the `depends_on` of every resource below the one that depends.
 */
class NodeDependencies implements IAspect {
  /** A stack can be synthesised more than once. */
  readonly #written = new WeakMap<IConstruct, Set<ITerraformDependable>>()

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) && !TerraformDataSource.isTerraformDataSource(node)) return
    const dependencies = node.node.scopes.flatMap((scope) =>
      scope.node.dependencies.filter((dependency) => isOurs(scope) || isOurs(dependency)),
    )
    const written = this.#written.get(node) ?? new Set()
    this.#written.set(node, written)
    for (const one of dependencies.filter((one) => !node.node.scopes.includes(one)).flatMap(dependables)) {
      if (written.has(one)) continue
      written.add(one)
      node.dependsOn = [...(node.dependsOn ?? []), dependable(one)]
    }
  }
}

/** What stands for a construct in `dependsOn`: itself, or everything below it. */
function dependables(construct: IConstruct): ITerraformDependable[] {
  return isDependable(construct) ? [construct] : construct.node.children.flatMap(dependables)
}

function isDependable(construct: IConstruct): construct is IConstruct & ITerraformDependable {
  return 'fqn' in construct && typeof construct.fqn === 'string'
}

const done = new WeakSet<TerraformStack>()

/** Lets `node.addDependency` work in the stack of a construct. */
export function honourNodeDependencies(construct: IConstruct): void {
  const stack = TerraformStack.of(construct)
  if (done.has(stack)) return
  done.add(stack)
  Aspects.of(stack).add(new NodeDependencies())
}
