import type { Path } from './path.ts'

/** How an author sees a Terraform number. */
export type NumberForm = 'number' | 'integer' | 'bigint' | 'decimal'

/** Whether two known values mean the same. */
export type Sameness<T> = (left: T, right: T) => boolean

export type ListShape = {
  readonly kind: 'list' | 'set'
  readonly element: Shape
  /** Whether the order of a list means nothing. */
  readonly unordered?: boolean
  /** The nested attribute by which elements of a list are told apart. */
  readonly elementKey?: string
}
export type TupleShape = { readonly kind: 'tuple'; readonly elements: readonly Shape[] }

/** The shape of a value. `object` has nested attributes with roles of their own; `struct` is a plain object type. */
export type Shape = {
  readonly same?: Sameness<never>
  /** Those of an element; an attribute has its own in its specification. */
  readonly validators?: readonly Validator<never>[]
  /** The methods an element was made with that only a whole attribute can have: refused when the schema is checked. */
  readonly attributeOnly?: readonly string[]
} & Kind
type Kind =
  | { readonly kind: 'string' | 'bool' | 'dynamic' }
  | { readonly kind: 'number'; readonly form: NumberForm }
  | ListShape
  | { readonly kind: 'map'; readonly element: Shape }
  | TupleShape
  | { readonly kind: 'struct'; readonly members: { readonly [name: string]: Shape } }
  | { readonly kind: 'object'; readonly fields: FieldSpecs }

export interface AttributeSpec {
  readonly shape: Shape
  readonly required: boolean
  readonly optional: boolean
  readonly computed: boolean
  readonly nullable: boolean
  readonly sensitive: boolean
  readonly writeOnly: boolean
  readonly unknownAllowed: boolean
  readonly description: string
  readonly deprecated: boolean
  /** What to do instead of a deprecated attribute, in a sentence; empty where its author does not say. */
  readonly deprecation: string
  /** What a missing value means; a function makes a fresh one. */
  readonly default?: { readonly value: unknown }
  readonly validators: readonly Validator<never>[]
  readonly planModifiers: readonly ErasedPlanModifier[]
  /** Whether a plan modifier takes over what is stored, so that elements must not be mistaken for each other. */
  readonly keepsState: boolean
  /** The nested attribute by which elements of a list are told apart. */
  readonly elementKey?: string
  /** Asked when the value changes in an update: any true replaces the resource. */
  readonly replaceWhen: readonly ((request: PlanModifierRequest<never>) => boolean)[]
}

export interface BlockSpec {
  readonly nesting: 'single' | 'list' | 'set'
  readonly fields: FieldSpecs
  readonly min: number
  readonly max: number
  /** The attribute by which blocks of a list are told apart. */
  readonly elementKey?: string
  readonly description: string
  readonly deprecated: boolean
  readonly deprecation: string
  readonly validators: readonly Validator<never>[]
}

export type FieldSpec = { readonly attribute: AttributeSpec } | { readonly block: BlockSpec }
export type FieldSpecs = { readonly [name: string]: FieldSpec }

/**
 * Checks one known, non-null value. Returns what is wrong as a sentence that names what was found and what was
 * expected, or undefined.
 */
export type Validator<T> = (value: T, context: ValidatorContext) => string | undefined

export interface ValidatorContext {
  readonly path: Path
  /** Whether the value is sensitive or write-only, or holds such a value. The sentence must then not repeat any of it. */
  readonly secret?: boolean
}

export interface PlanModifierRequest<T> {
  readonly path: Path
  /** What the user wrote; null where nothing was. */
  readonly config: T
  /** What is stored; null on create. */
  readonly state: T
  /** What is planned so far. */
  readonly plan: T
  /** Whether the whole resource is being created. */
  readonly creating: boolean
}

/** A plan modifier among others, its value type forgotten. */
export type ErasedPlanModifier = (request: PlanModifierRequest<never>) => { readonly plan: unknown } | undefined

/** Changes the planned value of one attribute by returning another, or leaves it by returning undefined. */
export type PlanModifier<T> = (request: PlanModifierRequest<T>) => { readonly plan: T } | undefined
