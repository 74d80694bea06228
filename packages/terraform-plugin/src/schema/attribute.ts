import { Unknown } from '../encoding/unknown.ts'
import type { Role, Views } from './roles.ts'
import type { AttributeSpec, PlanModifier, PlanModifierRequest, Shape, Validator } from './spec.ts'

type WithComputed<R extends Role> = R extends 'optional' ? 'optionalComputed' : 'computed'
type WithNull<R extends Role> = R extends 'computed'
  ? 'nullableComputed'
  : R extends 'optionalComputed'
    ? 'nullableOptionalComputed'
    : R
type WithWriteOnly<R extends Role> = R extends 'required' ? 'requiredWriteOnly' : 'writeOnly'
type Planned<V extends Views> = V['proposed'] | Unknown | null

/**
 * One attribute of a schema, an element of a collection or a parameter of a function. Immutable: each method returns a
 * new attribute. Made by the functions of `s`.
 */
export class Attribute<V extends Views, R extends Role = 'unset'> {
  declare readonly views?: V
  declare readonly role?: R
  readonly spec: AttributeSpec

  constructor(spec: AttributeSpec) {
    this.spec = spec
  }

  static of<V extends Views>(shape: Shape): Attribute<V> {
    return new Attribute({
      shape,
      required: false,
      optional: false,
      computed: false,
      nullable: false,
      sensitive: false,
      writeOnly: false,
      unknownAllowed: false,
      description: '',
      deprecated: false,
      validators: [],
      planModifiers: [],
      replaceWhen: [],
    })
  }

  /** The user must set it. */
  required(): Attribute<V, 'required'> {
    return this.#with({ required: true, optional: false, computed: false })
  }

  /** The user may set it; null where it is not set. */
  optional(): Attribute<V, 'optional'> {
    return this.#with({ optional: true })
  }

  /** The provider sets it; after `optional()`, where the user did not. Never null unless `nullable()`. */
  computed(): Attribute<V, WithComputed<R>> {
    return this.#with({ computed: true })
  }

  /** A computed value may turn out to be null; a function's parameter accepts null. */
  nullable(): Attribute<V, WithNull<R>> {
    return this.#with({ nullable: true })
  }

  /** A function's parameter may be unknown: the function then runs while planning. */
  acceptsUnknown(): Attribute<V, R> {
    return this.#with({ unknownAllowed: true })
  }

  /** What the plan holds where the user sets nothing. Makes the attribute optional and computed. */
  default(value: V['settings']): Attribute<V, 'defaulted'> {
    return this.#with({ optional: true, computed: true, default: { value } })
  }

  /** Hidden in Terraform's output, masked in logs and diagnostics. It is still stored in state. */
  sensitive(): Attribute<V, R> {
    return this.#with({ sensitive: true })
  }

  /** Never stored: null in plan and state, seen only in the configuration of create and update. */
  writeOnly(): Attribute<V, WithWriteOnly<R>> {
    return this.#with({ writeOnly: true, optional: !this.spec.required })
  }

  /** The description shown in documentation (Markdown). */
  describe(description: string): Attribute<V, R> {
    return this.#with({ description })
  }

  deprecated(): Attribute<V, R> {
    return this.#with({ deprecated: true })
  }

  /** Adds checks of a known, non-null value. They run when Terraform validates, and again when values become known. */
  validate(...validators: readonly Validator<V['config']>[]): Attribute<V, R> {
    return this.#with({ validators: [...this.spec.validators, ...validators] })
  }

  /** Adds a rule that may change the planned value. Rules run in the order they were added. */
  modifyPlan(modifier: PlanModifier<Planned<V>>): Attribute<V, R> {
    return this.#with({ planModifiers: [...this.spec.planModifiers, modifier] })
  }

  /** A change of this attribute destroys and creates the resource anew. */
  requiresReplace(): Attribute<V, R> {
    return this.requiresReplaceIf(() => true)
  }

  /** Like `requiresReplace`, but only for the changes the function picks. It is asked about changes only. */
  requiresReplaceIf(when: (request: PlanModifierRequest<Planned<V>>) => boolean): Attribute<V, R> {
    return this.#with({ replaceWhen: [...this.spec.replaceWhen, when] })
  }

  /** The value never changes once set (an id, a creation time): the plan keeps what is stored instead of unknown. */
  useStateForUnknown(): Attribute<V, R> {
    return this.modifyPlan(({ plan, state, config }) =>
      plan === Unknown && config === null && state !== null ? { plan: state } : undefined,
    )
  }

  #with<Next extends Role>(change: Partial<AttributeSpec>): Attribute<V, Next> {
    return new Attribute({ ...this.spec, ...change })
  }
}
