import type { RawObject } from '../encoding/raw.ts'
import { AuthorError, fieldsFromAuthor } from '../schema/from-author.ts'
import { objectTypeOf } from '../schema/implied-type.ts'
import { fieldSpecs } from '../schema/s.ts'
import type { FieldSpecs } from '../schema/spec.ts'
import { objectProblems, type ValueProblem } from '../schema/value-problems.ts'
import type { Fields } from '../schema/views.ts'
import type { Call } from './call.ts'
import type { Compiled } from './compiled.ts'
import type { AnyResource } from './session.ts'
import { toWire, type WireValue } from './values.ts'

/** Where an identity is wrong, as the root of paths: its attributes are not those of the resource. */
const IDENTITY = 'identity'

/** The identity of an object, worked out from its state; undefined where the resource declares none. */
export async function identityOf(
  call: Call,
  resource: Compiled<AnyResource>,
  state: RawObject,
): Promise<{ identity_data: WireValue } | undefined> {
  const { identity } = resource.definition
  // After a failure the state may be half there, and no identity is better than a wrong one.
  if (!identity || call.diagnostics.failed) return undefined
  return call.attempt(() => ({
    identity_data: identityFromAuthor(identity.schema, identity.of(resource.toAuthor(state))),
  }))
}

/** An identity that an author returned, for Terraform. It keeps what its schema promises. */
export function identityFromAuthor(schema: Fields, value: unknown): WireValue {
  const fields = fieldSpecs(schema)
  const raw = fieldsFromAuthor(fields, value, undefined, { known: true }, [IDENTITY])
  for (const { path, message, thrown } of identityProblems(fields, raw)) {
    if (message === undefined) throw thrown
    throw new AuthorError(path, message)
  }
  return toWire(objectTypeOf(fields), raw)
}

/** What is wrong with an identity: required attributes that are null, and what validators say. */
export function* identityProblems(fields: FieldSpecs, identity: RawObject): Generator<ValueProblem> {
  for (const [name, field] of Object.entries(fields)) {
    const value = identity[name] ?? null
    if (value === null && 'attribute' in field && field.attribute.required) {
      yield { path: [IDENTITY, name], message: 'Found null, expected a value: the attribute is required.' }
    }
  }
  yield* objectProblems(fields, identity, [IDENTITY])
}
