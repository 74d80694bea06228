import { numberText, type RawNumber, toDouble } from '../encoding/number.ts'
import { isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import type { Path } from '../schema/path.ts'
import type { FieldSpec, FieldSpecs, Shape, Validator } from '../schema/spec.ts'
import { toAuthor } from '../schema/to-author.ts'

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
export function* valueProblems(field: FieldSpec, value: Raw, path: Path): Generator<ValueProblem> {
  if (value === null || isUnknown(value)) return
  const problem = shapeProblem(fieldShape(field), value)
  if (problem) {
    yield { path: [...path, ...problem.path], message: problem.message }
    return
  }
  yield* validatorProblems(field, value, path)
  const nested = nestedFields(fieldShape(field))
  if (!nested) return
  for (const [at, element] of nestedObjects(nested.nesting, value, path))
    yield* objectProblems(nested.fields, element, at)
}

/** The problems of every field of an object. */
export function* objectProblems(fields: FieldSpecs, object: RawObject, path: Path = []): Generator<ValueProblem> {
  for (const [name, field] of Object.entries(fields)) yield* valueProblems(field, object[name] ?? null, [...path, name])
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

function* validatorProblems(field: FieldSpec, value: Raw, path: Path): Generator<ValueProblem> {
  const validators: readonly Validator<never>[] =
    'attribute' in field ? field.attribute.validators : field.block.validators
  if (validators.length === 0) return
  const seen = toAuthor(fieldShape(field), value) as never
  for (const validator of validators) {
    try {
      const message = validator(seen, { path })
      if (message !== undefined) yield { path, message }
    } catch (thrown) {
      yield { path, thrown }
    }
  }
}

const isWhole = (value: RawNumber) => typeof value === 'bigint' || Number.isInteger(value)

/** What the type alone cannot say: numbers that must be whole, and elements that must not be null. */
export function shapeProblem(shape: Shape, value: Raw): { path: Path; message: string } | undefined {
  if (isUnknown(value)) return undefined
  if (shape.kind === 'number') {
    const found = numberText(value as RawNumber)
    if (shape.form === 'number' && !Number.isFinite(toDouble(value as RawNumber))) {
      return { path: [], message: `Found a number of ${found.length} digits, which is more than a double holds.` }
    }
    if (shape.form === 'integer' && !Number.isSafeInteger(value)) {
      return { path: [], message: `Found ${found}, expected a whole number within ±9007199254740991.` }
    }
    if (shape.form === 'bigint' && !isWhole(value as RawNumber)) {
      return { path: [], message: `Found ${found}, expected a whole number.` }
    }
    return undefined
  }
  if (shape.kind !== 'list' && shape.kind !== 'set' && shape.kind !== 'map') return undefined
  const members: Iterable<[string | number, Raw]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value as RawObject)
  for (const [key, member] of members) {
    if (member === null) {
      return {
        path: [key],
        message: `The ${shape.kind} holds a null, expected a value. Leave the element out instead.`,
      }
    }
    const problem = shapeProblem(shape.element, member)
    if (problem) return { path: [key, ...problem.path], message: problem.message }
  }
  return undefined
}
