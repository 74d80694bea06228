import { decodeJsonValue } from '../encoding/json.ts'
import { type Raw, type RawObject, rawObject } from '../encoding/raw.ts'
import { objectTypeOf } from '../schema/implied-type.ts'
import { fieldSpecs } from '../schema/s.ts'
import { fieldsToAuthor } from '../schema/to-author.ts'
import { Call } from './call.ts'
import type { Compiled } from './compiled.ts'
import type { Handler } from './handler.ts'
import type { AnyResource } from './session.ts'
import { toWire } from './values.ts'

export const upgradeResourceState: Handler<'UpgradeResourceState'> = async (session, request, signal) => {
  const resource = session.provider.resources.get(request.type_name)
  const json = request.raw_state?.json ?? new Uint8Array(0)
  // Called for every resource in every plan. The bytes go back as they are: reading and writing them could only lose.
  if (request.version === resource.version) return { upgraded_state: { json } }
  const call = new Call(session, `Upgrading the state of ${resource.name}`, resource.fields, signal)
  const upgraded = await call.attempt((context) => upgrade(resource, request.version, json, context))
  return {
    upgraded_state: upgraded && toWire(resource.type, upgraded),
    diagnostics: call.diagnostics.messages,
  }
}

async function upgrade(
  resource: Compiled<AnyResource>,
  version: number,
  json: Uint8Array,
  context: Call['context'],
): Promise<RawObject> {
  if (version > resource.version) {
    throw new Error(
      `The state was written by a newer release of the provider: its schema version is ${version}, this release knows ${resource.version}. Use that release or a later one.`,
    )
  }
  const step = resource.definition.upgradeState?.[version]
  if (!step) {
    throw new Error(
      `This release of the provider cannot read states of schema version ${version}; the current version is ${resource.version}. Upgrade through an older release, or remove the resource from the state and import it.`,
    )
  }
  const fields = fieldSpecs(step.schema)
  const old = decodeJsonValue(objectTypeOf(fields), json) as RawObject
  const state = await step.upgrade(fieldsToAuthor(fields, old) as never, context)
  const upgraded = resource.fromAuthor(state, undefined, { known: true, partial: true })
  return rawObject(withTimeouts(resource, upgraded, json))
}

/** The `timeouts` block is not the author's, who neither sees it in the old state nor returns it. */
function withTimeouts(resource: Compiled<AnyResource>, upgraded: RawObject, json: Uint8Array): [string, Raw][] {
  const { timeouts } = resource.fields
  if (!timeouts) return Object.entries(upgraded)
  const stored = decodeJsonValue(objectTypeOf({ timeouts }), json) as RawObject
  return [...Object.entries(upgraded), ['timeouts', stored.timeouts ?? null]]
}
