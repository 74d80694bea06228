import { Unknown } from '../encoding/unknown.ts'
import type { Role, Views } from './roles.ts'
import type { AttributeSpec, PlanModifier, PlanModifierRequest, Sameness, Shape, Validator } from './spec.ts'

type WithComputed<R extends Role> = R extends 'optional' ? 'optionalComputed' : 'computed'
type WithNull<R extends Role> = R extends 'computed'
  ? 'nullableComputed'
  : R extends 'optionalComputed'
    ? 'nullableOptionalComputed'
    : R
type WithWriteOnly<R extends Role> = R extends 'required' ? 'requiredWriteOnly' : 'writeOnly'
/** An attribute whose role so far is one of `Allowed`; anything else names the mistake in the compiler's message. */
type Only<Allowed extends Role, V extends Views, R extends Role> = [R] extends [Allowed]
  ? Attribute<V, R>
  : 'Say once who sets the attribute: required(), optional(), computed(), optional().computed() or default().'
/** A parameter or result that may be null. */
type NullableViews<V extends Views> = {
  [K in keyof Views]: K extends 'settings' | 'result' ? V[K] | null : V[K]
}
/** A parameter that may be unknown, or have unknown values inside. */
type UnknownViews<V extends Views> = {
  [K in keyof Views]: K extends 'settings' ? V['config'] | Unknown | Extract<V['settings'], null> : V[K]
}
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
      deprecation: '',
      validators: [],
      planModifiers: [],
      keepsState: false,
      replaceWhen: [],
    })
  }

  /** The user must set it. After `optional()` it makes a stricter attribute of one that several schemas share. */
  required(this: Only<'unset' | 'optional', V, R>): Attribute<V, 'required'> {
    return Attribute.#changed(this, { required: true, optional: false })
  }

  /** The user may set it; null where it is not set. */
  optional(this: Only<'unset', V, R>): Attribute<V, 'optional'> {
    return Attribute.#changed(this, { optional: true })
  }

  /** The provider sets it; after `optional()`, where the user did not. Never null unless `nullable()`. */
  computed(this: Only<'unset' | 'optional', V, R>): Attribute<V, WithComputed<R>> {
    return Attribute.#changed(this, { computed: true })
  }

  /** A computed value may turn out to be null; a function's parameter accepts null, its result may be null. */
  nullable(): Attribute<R extends 'unset' ? NullableViews<V> : V, WithNull<R>> {
    return Attribute.#changed(this, { nullable: true })
  }

  /** A function's parameter may be unknown, or have unknown values inside: the function then runs while planning. */
  acceptsUnknown(): Attribute<UnknownViews<V>, R> {
    return Attribute.#changed(this, { unknownAllowed: true })
  }

  /**
   * What the plan holds where the user sets nothing. Makes the attribute optional and computed. For a function's parameter:
   * what null means.
   */
  default(this: Only<'unset' | 'optional', V, R>, value: V['settings']): Attribute<V, 'defaulted'> {
    return Attribute.#changed(this, { optional: true, computed: true, default: { value } })
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

  /** Users are told not to set it any more. `instead` says in a sentence what to do, and is shown where it is set. */
  deprecated(instead = ''): Attribute<V, R> {
    return this.#with({ deprecated: true, deprecation: instead })
  }

  /** Adds checks of a known, non-null value. They run when Terraform validates, and again when values become known. */
  validate(...validators: readonly Validator<V['config']>[]): Attribute<V, R> {
    return this.#with({ validators: [...this.spec.validators, ...validators] })
  }

  /**
   * When two values mean the same although they are spelled differently. The spelling that was there first then stays: a
   * plan keeps what is stored, reading keeps it, and an apply keeps what was planned. Also for elements: of a list or set of
   * such values each keeps its own.
   */
  sameAs(same: Sameness<V['state']>): Attribute<V, R> {
    return this.#with({ shape: { ...this.spec.shape, same } })
  }

  /** The order of a list means nothing: another order is no change. Like `sameAs`. */
  unordered(): Attribute<V, R> {
    const { shape } = this.spec
    if (shape.kind !== 'list') throw new TypeError(`unordered() is for lists, found a ${shape.kind}.`)
    return this.#with({ shape: { ...shape, unordered: true } })
  }

  /** Adds a rule that may change the planned value. Rules run in the order they were added. */
  modifyPlan(modifier: PlanModifier<Planned<V>>): Attribute<V, R> {
    return this.#with({ planModifiers: [...this.spec.planModifiers, modifier] })
  }

  /** A change of this attribute destroys the resource and creates it again. */
  requiresReplace(): Attribute<V, R> {
    return this.requiresReplaceIf(() => true)
  }

  /** Like `requiresReplace`, but only for the changes the function picks. It is asked about changes only. */
  requiresReplaceIf(when: (request: PlanModifierRequest<Planned<V>>) => boolean): Attribute<V, R> {
    return this.#with({ replaceWhen: [...this.spec.replaceWhen, when] })
  }

  /**
   * The value never changes once set (an id, a creation time): the plan keeps what is stored instead of unknown. A
   * stored null is not kept: it may become a value. Inside a list, the list needs an `elementKey`, or elements would get each other's values when one is added or moved.
   */
  useStateForUnknown(): Attribute<V, R> {
    const keep: PlanModifier<Planned<V>> = ({ plan, state, config }) =>
      plan === Unknown && config === null && state !== null ? { plan: state } : undefined
    return this.modifyPlan(keep).#with({ keepsState: true })
  }

  /**
   * For a list of nested attributes: the required attribute that says which element is which (a name, a path). Stored and
   * planned elements are then matched by it and not by their position; a key that occurs twice matches nothing.
   */
  elementKey(name: string): Attribute<V, R> {
    const { shape } = this.spec
    return this.#with({ elementKey: name, shape: shape.kind === 'list' ? { ...shape, elementKey: name } : shape })
  }

  #with<Next extends Role>(change: Partial<AttributeSpec>): Attribute<V, Next> {
    return new Attribute({ ...this.spec, ...change })
  }

  static #changed<V extends Views, R extends Role>(of: unknown, change: Partial<AttributeSpec>): Attribute<V, R> {
    return new Attribute({ ...(of as Attribute<V, R>).spec, ...change })
  }
}
