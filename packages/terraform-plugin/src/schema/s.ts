import type { Dynamic } from '../encoding/dynamic.ts'
import { Attribute } from './attribute.ts'
import { attributeOnly } from './attribute-only.ts'
import { Block } from './block.ts'
import type { BlockSpec, FieldSpecs, Shape } from './spec.ts'
import {
  cidrText,
  dateTimeText,
  domainNameText,
  durationText,
  ipAddressText,
  jsonText,
  type TextType,
} from './text-types.ts'
import type {
  Fields,
  Leaf,
  ListViews,
  MapViews,
  ObjectViews,
  OptionalViews,
  Role,
  StructViews,
  TupleViews,
  Views,
} from './views.ts'

type Element = Attribute<Views, Role>
type ElementOf<V extends Views> = Attribute<V, Role>

/** The specification behind a record of attributes and blocks. */
export function fieldSpecs(fields: Fields): FieldSpecs {
  const known = memory.get(fields)
  if (known) return known
  const specs: Record<string, FieldSpecs[string]> = {}
  memory.set(fields, specs)
  const prototype: unknown = Object.getPrototypeOf(fields)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(
      'A schema is a plain object of attributes and blocks. An attribute cannot be called "__proto__".',
    )
  }
  for (const [name, field] of Object.entries(fields)) {
    if (name in Object.prototype) {
      throw new TypeError(
        `"${name}" is a member of every JavaScript object, so no attribute can be called so. Choose another name.`,
      )
    }
    if (field instanceof Block) specs[name] = { block: field.spec }
    else if (field instanceof Attribute) specs[name] = { attribute: field.spec }
    else
      throw new TypeError(
        `"${name}" is ${typeof field === 'function' ? 'a function that was not called' : 'no attribute or block'}. Write it as s.string().optional() or the like.`,
      )
  }
  return specs
}

// Types, validators and the like are worked out once for each of these.
const memory = new WeakMap<Fields, FieldSpecs>()

const block = <V extends Views>(spec: Pick<BlockSpec, 'nesting' | 'fields' | 'min' | 'max' | 'elementKey'>): Block<V> =>
  new Block({ ...spec, description: '', deprecated: false, deprecation: '', validators: [] })

/** How many blocks a user may write; `max` 0 means any number. */
export interface BlockLimits {
  readonly min?: number
  readonly max?: number
}

/** The shape of an element, which takes the checks of its attribute along, and what it must not carry. */
function elementShape({ spec }: Element): Shape {
  const { shape, validators } = spec
  const misplaced = attributeOnly(spec)
  if (validators.length === 0 && misplaced.length === 0) return shape
  return {
    ...shape,
    ...(validators.length > 0 && { validators }),
    ...(misplaced.length > 0 && { attributeOnly: misplaced }),
  }
}

const collection = <V extends Views>(kind: 'list' | 'set' | 'map', element: Element): Attribute<V> =>
  Attribute.of<V>({ kind, element: elementShape(element) } as Shape)

const text = ({ validate, same }: TextType) =>
  Attribute.of<Leaf<string>>({ kind: 'string' }).validate(validate).sameAs(same)

/** Builds schemas. `s.list(s.object({...}))` is a list of nested attributes; `s.blockList({...})` a repeatable block. */
export const s = {
  string: () => Attribute.of<Leaf<string>>({ kind: 'string' }),
  /** JSON text. White space and the order of members are no change. */
  json: () => text(jsonText),
  /** A duration as Go writes it, such as `90s` or `1h30m`. `90s` and `1m30s` are the same. */
  duration: () => text(durationText),
  /** An IP address, of one version or of either. `2001:DB8::0:1` and `2001:db8::1` are the same. */
  ipAddress: (version?: 4 | 6) => text(ipAddressText(version)),
  /** An IP address with a prefix length, such as `192.0.2.0/24`. */
  cidr: (version?: 4 | 6) => text(cidrText(version)),
  /** A date and time as RFC 3339 writes it. Two of the same moment are the same. */
  dateTime: () => text(dateTimeText),
  /** A domain name. Case, a final dot and the spelling of letters beyond ASCII are no change. */
  domainName: () => text(domainNameText),
  bool: () => Attribute.of<Leaf<boolean>>({ kind: 'bool' }),
  /** A number as a JavaScript number. Values with more digits than a double holds keep them unless you change them. */
  number: () => Attribute.of<Leaf<number>>({ kind: 'number', form: 'number' }),
  /** A whole number within ±2^53; anything else is refused. */
  integer: () => Attribute.of<Leaf<number>>({ kind: 'number', form: 'integer' }),
  /** A whole number of any size. */
  bigint: () => Attribute.of<Leaf<bigint>>({ kind: 'number', form: 'bigint' }),
  /** A number of any size and precision, as its decimal digits. */
  decimal: () => Attribute.of<Leaf<string>>({ kind: 'number', form: 'decimal' }),
  /** A value of any type; see `dynamic()`. */
  dynamic: () => Attribute.of<Leaf<Dynamic>>({ kind: 'dynamic' }),
  list: <V extends Views>(element: ElementOf<V>) => collection<ListViews<V>>('list', element),
  set: <V extends Views>(element: ElementOf<V>) => collection<ListViews<V>>('set', element),
  map: <V extends Views>(element: ElementOf<V>) => collection<MapViews<V>>('map', element),
  tuple: <const E extends readonly Element[]>(...elements: E) =>
    Attribute.of<TupleViews<E>>({ kind: 'tuple', elements: elements.map(elementShape) }),
  /** A plain object type: its members have no roles, and each may be null. Prefer `s.object`. */
  struct: <E extends { readonly [name: string]: Element }>(members: E) =>
    Attribute.of<StructViews<E>>({
      kind: 'struct',
      members: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, elementShape(member)])),
    }),
  /** Nested attributes, each with its own role: `{ ... }` in the configuration. */
  object: <A extends Fields>(fields: A) => Attribute.of<ObjectViews<A>>(objectShape(fields)),
  /** A block that appears at most once. Null where it is absent. */
  block: <A extends Fields>(fields: A, limits: { readonly required?: boolean } = {}) =>
    block<OptionalViews<ObjectViews<A>>>({
      nesting: 'single',
      fields: fieldSpecs(fields),
      min: limits.required ? 1 : 0,
      // Terraform wants both limits of a single block to be the same.
      max: limits.required ? 1 : 0,
    }),
  /**
   * A repeatable block whose order counts. An empty list where it is absent. `elementKey` names the required attribute that
   * says which block is which; see `Attribute.elementKey`.
   */
  blockList: <A extends Fields>(
    fields: A,
    { min = 0, max = 0, elementKey }: BlockLimits & { readonly elementKey?: keyof A & string } = {},
  ) =>
    block<ListViews<ObjectViews<A>>>({
      nesting: 'list',
      fields: fieldSpecs(fields),
      min,
      max,
      ...(elementKey === undefined ? {} : { elementKey }),
    }),
  /** A repeatable block whose order does not count. */
  blockSet: <A extends Fields>(fields: A, { min = 0, max = 0 }: BlockLimits = {}) =>
    block<ListViews<ObjectViews<A>>>({ nesting: 'set', fields: fieldSpecs(fields), min, max }),
}

function objectShape(fields: Fields): Shape {
  for (const [name, field] of Object.entries(fields)) {
    if (field instanceof Block) {
      throw new TypeError(
        `s.object: "${name}" is a block, but nested attributes hold attributes only. Use s.object there.`,
      )
    }
  }
  return { kind: 'object', fields: fieldSpecs(fields) }
}
