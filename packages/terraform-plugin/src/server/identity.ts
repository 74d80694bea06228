import type { RawObject } from '../encoding/raw.ts'
import { fieldsFromAuthor } from '../schema/from-author.ts'
import { objectTypeOf } from '../schema/implied-type.ts'
import { fieldSpecs } from '../schema/s.ts'
import type { Call } from './call.ts'
import type { Compiled } from './compiled.ts'
import type { AnyResource } from './session.ts'
import { toWire, type WireValue } from './values.ts'

/** The identity of an object, worked out from its state; undefined where the resource declares none. */
export async function identityOf(
  call: Call,
  resource: Compiled<AnyResource>,
  state: RawObject,
): Promise<{ identity_data: WireValue } | undefined> {
  const { identity } = resource.definition
  // After a failure the state may be half there, and no identity is better than a wrong one.
  if (!identity || call.diagnostics.failed) return undefined
  return call.attempt(() => {
    const fields = fieldSpecs(identity.schema)
    const value = fieldsFromAuthor(fields, identity.of(resource.toAuthor(state)), undefined, { known: true })
    return { identity_data: toWire(objectTypeOf(fields), value) }
  })
}
