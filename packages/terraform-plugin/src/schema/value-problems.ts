import { numberText, type RawNumber, toDouble } from '../encoding/number.ts'
import { isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from './field-shape.ts'
import type { Path } from './path.ts'
import { holdsSecrets, isSecret } from './secret-fields.ts'
import type { FieldSpec, FieldSpecs, Shape, Validator, ValidatorContext } from './spec.ts'
import { toAuthor } from './to-author.ts'

/** What is wrong with a value of the user. */
export interface ValueProblem {
  readonly path: Path
  /** What was found and what was expected; undefined where a validator threw. */
  readonly message?: string
  readonly thrown?: unknown
}

/**
 * Everything wrong with a value that its type alone cannot say: numbers that must be whole, null elements, and what its
 * validators say; then the same inside nested attributes. Null and unknown values have no problems.
 */
export function* valueProblems(
  field: FieldSpec,
  value: Raw,
  path: Path,
  insideSecret = false,
): Generator<ValueProblem> {
  if (value === null || isUnknown(value)) return
  const secret = insideSecret || isSecret(field)
  const problem = shapeProblem(fieldShape(field), value, secret)
  if (problem) {
    yield { path: secret ? path : [...path, ...problem.path], message: problem.message }
    return
  }
  const own: readonly Validator<never>[] = 'attribute' in field ? field.attribute.validators : field.block.validators
  yield* validatorProblems(own, fieldShape(field), value, { path, secret: secret || holdsSecrets({ field }) })
  yield* elementProblems(fieldShape(field), value, { path, secret })
  const nested = nestedFields(fieldShape(field))
  if (!nested) return
  for (const [at, element] of nestedObjects(nested.nesting, value, path)) {
    // The keys of a sensitive map are hidden like the rest of it.
    yield* objectProblems(nested.fields, element, secret && nested.nesting === 'map' ? path : at, secret)
  }
}

/** The problems of every field of an object. */
export function* objectProblems(
  fields: FieldSpecs,
  object: RawObject,
  path: Path = [],
  insideSecret = false,
): Generator<ValueProblem> {
  for (const [name, field] of Object.entries(fields)) {
    yield* valueProblems(field, object[name] ?? null, [...path, name], insideSecret)
  }
}

/** The objects of nested attributes, each with its path. */
export function* nestedObjects(nesting: string, value: Raw, path: Path): Generator<[Path, RawObject]> {
  if (nesting === 'single') {
    if (isObject(value)) yield [path, value]
    return
  }
  const elements: Iterable<[string | number, Raw]> = Array.isArray(value)
    ? value.entries()
    : isObject(value)
      ? Object.entries(value)
      : []
  for (const [key, element] of elements) if (isObject(element)) yield [[...path, key], element]
}

/** What the validators of elements say, at any depth. Nested attributes have fields of their own. */
function* elementProblems(shape: Shape, value: Raw, context: Required<ValidatorContext>): Generator<ValueProblem> {
  if (value === null || isUnknown(value) || !checksElements(shape)) return
  for (const [element, member, key] of elementsOf(shape, value)) {
    if (member === null || isUnknown(member)) continue
    const { path, secret } = context
    const at = { path: secret && shape.kind === 'map' ? path : [...path, key], secret }
    yield* validatorProblems(element.validators ?? [], element, member, at)
    yield* elementProblems(element, member, at)
  }
}

function elementsOf(shape: Shape, value: Raw): [Shape, Raw, string | number][] {
  switch (shape.kind) {
    case 'list':
    case 'set':
      return (value as readonly Raw[]).map((member, index) => [shape.element, member, index])
    case 'map':
      return Object.entries(value as RawObject).map(([key, member]) => [shape.element, member, key])
    case 'tuple':
      return shape.elements.map((element, index) => [element, (value as readonly Raw[])[index] ?? null, index])
    case 'struct':
      return Object.entries(shape.members).map(([name, member]) => [member, (value as RawObject)[name] ?? null, name])
    default:
      return []
  }
}

const checking = new WeakMap<Shape, boolean>()

/** Whether any element inside has validators. */
function checksElements(shape: Shape): boolean {
  let answer = checking.get(shape)
  if (answer === undefined) {
    const inside =
      shape.kind === 'tuple'
        ? shape.elements
        : shape.kind === 'struct'
          ? Object.values(shape.members)
          : 'element' in shape
            ? [shape.element]
            : []
    answer = inside.some((element) => (element.validators?.length ?? 0) > 0 || checksElements(element))
    checking.set(shape, answer)
  }
  return answer
}

function* validatorProblems(
  validators: readonly Validator<never>[],
  shape: Shape,
  value: Raw,
  context: ValidatorContext,
): Generator<ValueProblem> {
  const { path } = context
  if (validators.length === 0) return
  const seen = toAuthor(shape, value) as never
  for (const validator of validators) {
    try {
      const message = validator(seen, context)
      if (message !== undefined) yield { path, message }
    } catch (thrown) {
      yield { path, thrown }
    }
  }
}

const isWhole = (value: RawNumber) => typeof value === 'bigint' || Number.isInteger(value)

/** What the type alone cannot say: numbers that must be whole, and elements that must not be null. */
function shapeProblem(shape: Shape, value: Raw, secret = false): { path: Path; message: string } | undefined {
  if (isUnknown(value)) return undefined
  if (shape.kind === 'number') {
    const digits = numberText(value as RawNumber)
    const found = secret ? 'a sensitive value' : digits
    if (shape.form === 'number' && !Number.isFinite(toDouble(value as RawNumber))) {
      return { path: [], message: `Found a number of ${digits.length} digits, which is more than a double holds.` }
    }
    if (shape.form === 'integer' && !Number.isSafeInteger(value)) {
      return { path: [], message: `Found ${found}, expected a whole number within ±9007199254740991.` }
    }
    if (shape.form === 'bigint' && !isWhole(value as RawNumber)) {
      return { path: [], message: `Found ${found}, expected a whole number.` }
    }
    return undefined
  }
  for (const [element, member, key] of elementsOf(shape, value)) {
    if (member === null) {
      // A member of a tuple or struct has its place whether it is set or not.
      if (shape.kind === 'tuple' || shape.kind === 'struct') continue
      return {
        path: [key],
        message: `The ${shape.kind} holds a null, expected a value. Leave the element out instead.`,
      }
    }
    const problem = shapeProblem(element, member, secret)
    if (problem) return { path: [key, ...problem.path], message: problem.message }
  }
  return undefined
}
