import { isDeepStrictEqual } from 'node:util'
import type { PlannedChange, PlannedOutput } from './plan.ts'
import type { ShownState } from './state.ts'

// Assertions that need no test runner: each throws an Error that says what was found and what was expected.

type Path = readonly (string | number)[]

/** What a plan does with one resource. `replace` is a delete and a create, in either order. */
export type PlanAction = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'replace'

/** Assertions on a plan. Each returns the check itself, so that they chain. */
export class PlanCheck {
  readonly changes: readonly PlannedChange[]
  readonly outputs: { readonly [name: string]: PlannedOutput }

  constructor(changes: readonly PlannedChange[], outputs: { readonly [name: string]: PlannedOutput } = {}) {
    this.changes = changes
    this.outputs = outputs
  }

  /** What the plan does with a resource. */
  expectAction(address: string, expected: PlanAction): this {
    const { actions } = this.#change(address)
    const found = actions.length > 1 ? 'replace' : actions[0]
    if (found !== expected) fail(`The plan of ${address} is "${found}", expected "${expected}".`)
    return this
  }

  /** That an attribute is known only after the apply. */
  expectUnknown(address: string, ...path: Path): this {
    const { afterUnknown, after } = this.#change(address)
    if (marked(afterUnknown, path) !== true) {
      fail(`${where(address, path)} is planned as ${shown(at(after, path))}, expected it to be unknown.`)
    }
    return this
  }

  /** The planned value of an attribute, or of the whole resource. */
  expectValue(address: string, path: Path, expected: unknown): this {
    const { afterUnknown, after } = this.#change(address)
    if (marked(afterUnknown, path) === true) fail(`${where(address, path)} is unknown, expected ${shown(expected)}.`)
    same(`${where(address, path)} is planned`, at(after, path), expected)
    return this
  }

  /** That a planned value is sensitive, as a whole. */
  expectSensitive(address: string, ...path: Path): this {
    if (marked(this.#change(address).sensitive, path) !== true) {
      fail(`${where(address, path)} is not sensitive in the plan, expected it to be.`)
    }
    return this
  }

  /** The planned value of an output. */
  expectOutput(name: string, expected: unknown): this {
    const output = this.#output(name)
    if (output.unknown) fail(`output.${name} is unknown, expected ${shown(expected)}.`)
    same(`output.${name} is planned`, output.after, expected)
    return this
  }

  /** That an output is known only after the apply. */
  expectUnknownOutput(name: string): this {
    const { unknown, after } = this.#output(name)
    if (!unknown) fail(`output.${name} is planned as ${shown(after)}, expected it to be unknown.`)
    return this
  }

  /** That an attribute is among those that force the replacement. */
  expectReplacedFor(address: string, ...path: Path): this {
    const { replacePaths } = this.#change(address)
    if (!replacePaths.some((one) => isDeepStrictEqual(one, path))) {
      fail(`${address} is replaced for ${shown(replacePaths)}, expected ${shown(path)} among them.`)
    }
    return this
  }

  /** That nothing would change. */
  expectEmpty(): this {
    const changed = this.#changed()
    if (changed.length > 0) fail(`The plan is not empty: ${changed.join(', ')}.`)
    return this
  }

  /** That something would change. */
  expectNonEmpty(): this {
    if (this.#changed().length === 0) fail('The plan is empty, expected changes.')
    return this
  }

  /** What would change, for messages. */
  #changed(): string[] {
    return [
      ...this.changes
        .filter(({ actions }) => actions[0] !== 'no-op')
        .map(({ address, actions }) => `${address} (${actions.join()})`),
      ...Object.entries(this.outputs)
        .filter(([, { changed }]) => changed)
        .map(([name]) => `output.${name}`),
    ]
  }

  #output(name: string): PlannedOutput {
    const known = Object.keys(this.outputs).join(', ') || 'none'
    return this.outputs[name] ?? fail(`The plan has no output "${name}". It has: ${known}.`)
  }

  #change(address: string): PlannedChange {
    const found = this.changes.find((change) => change.address === address)
    if (found) return found
    return fail(`The plan has no ${address}. It has: ${this.changes.map((change) => change.address).join(', ')}.`)
  }
}

/** Assertions on a state. */
export class StateCheck {
  readonly resources: ShownState['resources']
  readonly outputs: ShownState['outputs']
  readonly identities: ShownState['identities']
  readonly sensitive: ShownState['sensitive']

  constructor({ resources, outputs, identities, sensitive }: ShownState) {
    this.resources = resources
    this.outputs = outputs
    this.identities = identities
    this.sensitive = sensitive
  }

  /** The stored value of an attribute. */
  value(address: string, ...path: Path): unknown {
    const found = this.resources[address]
    if (!found) fail(`The state has no ${address}. It has: ${Object.keys(this.resources).join(', ') || 'nothing'}.`)
    return at(found, path)
  }

  /** The stored value of an attribute, to the last digit of a number: a bigint, or decimal text, where no double is exact. */
  expectValue(address: string, path: Path, expected: unknown): this {
    same(where(address, path), this.value(address, ...path), expected)
    return this
  }

  expectOutput(name: string, expected: unknown): this {
    same(`output.${name}`, this.outputs[name], expected)
    return this
  }

  /** The identity of a resource (Terraform 1.12 and later). */
  identity(address: string): { readonly [name: string]: unknown } {
    const found = this.identities[address]
    if (found) return found
    this.value(address)
    return fail(`The state has no identity of ${address}. Terraform stores identities from 1.12 on.`)
  }

  expectIdentity(address: string, expected: { readonly [name: string]: unknown }): this {
    same(`The identity of ${address}`, this.identity(address), expected)
    return this
  }

  /** That a stored value is sensitive, as a whole. */
  expectSensitive(address: string, ...path: Path): this {
    this.value(address)
    if (marked(this.sensitive[address], path) !== true) {
      fail(`${where(address, path)} is not sensitive in the state, expected it to be.`)
    }
    return this
  }

  expectAbsent(address: string): this {
    if (this.resources[address]) fail(`${address} is in the state, expected it to be gone.`)
    return this
  }
}

function same(what: string, found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) fail(`${what} as ${shown(found)}, expected ${shown(expected)}.`)
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, key)
        ? (inside as Record<string | number, unknown>)[key]
        : undefined,
    value,
  )
}

/** A mark such as "unknown" at a path: that of a whole value holds for all inside. */
function marked(marks: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, key) => inside === true || at(inside, [key]), marks)
}

const where = (address: string, path: Path) =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${key}`), address)

const shown = (value: unknown) =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? `${member}n` : member)) ?? 'nothing'

function fail(message: string): never {
  throw new Error(message)
}
