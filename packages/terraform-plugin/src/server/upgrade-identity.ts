import { decodeJsonValue } from '../encoding/json.ts'
import { objectTypeOf } from '../schema/implied-type.ts'
import { fieldSpecs } from '../schema/s.ts'
import { Call } from './call.ts'
import type { Handler } from './handler.ts'
import { toWire } from './values.ts'

/** A stored identity comes back in today's schema: attributes that are gone are dropped, new ones are null. */
export const upgradeResourceIdentity: Handler<'UpgradeResourceIdentity'> = async (session, request, signal) => {
  const resource = session.provider.resources.get(request.type_name)
  const call = new Call(session, `Upgrading the identity of ${resource.name}`, resource.fields, signal)
  const upgraded = await call.attempt(() => {
    const { identity } = resource.definition
    if (!identity) throw new Error(`${resource.name} has no identity in this release of the provider.`)
    const type = objectTypeOf(fieldSpecs(identity.schema))
    return { identity_data: toWire(type, decodeJsonValue(type, request.raw_identity?.json ?? new Uint8Array(0))) }
  })
  return { upgraded_identity: upgraded, diagnostics: call.diagnostics.messages }
}
