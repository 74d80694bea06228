import type { MessageOf, ResourceIdentityData } from '../protobuf/tfplugin6-values.ts'
import { objectTypeOf } from '../schema/implied-type.ts'
import { formatPath } from '../schema/path.ts'
import { fieldSpecs } from '../schema/s.ts'
import { fieldsToAuthor } from '../schema/to-author.ts'
import { Call } from './call.ts'
import type { Compiled } from './compiled.ts'
import { deferralTerms, deferredMessage, unknownObject } from './deferral.ts'
import type { Handler } from './handler.ts'
import { identityProblems } from './identity.ts'
import { PrivateData } from './private-state.ts'
import type { AnyResource } from './session.ts'
import { objectFromWire, toWire } from './values.ts'

export const importResourceState: Handler<'ImportResourceState'> = async (session, request, signal) => {
  const resource = session.provider.resources.get(request.type_name)
  const call = new Call(
    session,
    `Importing ${resource.name}`,
    resource.fields,
    signal,
    deferralTerms(request.client_capabilities),
  )
  const { definition } = resource
  if (!definition.importState) {
    call.error(
      `${resource.name} cannot be imported`,
      "Resources of this type have no import. Create one with Terraform instead, or ask the provider's authors for it.",
    )
    return { diagnostics: call.diagnostics.messages }
  }
  const privateData = new PrivateData()
  const state = await call.attemptConfigured(async (context) => {
    const identity = importIdentity(call, resource, request.identity)
    if (call.diagnostics.failed) return undefined
    const found = await definition.importState?.({ ...context, id: request.id, identity, private: privateData })
    return resource.fromAuthor(found, undefined, { known: true, partial: true })
  })
  if (call.deferred) {
    return {
      imported_resources: [
        { type_name: request.type_name, state: unknownObject(resource), identity: request.identity },
      ],
      diagnostics: call.diagnostics.messages,
      deferred: deferredMessage(call.deferred),
    }
  }
  if (!state || call.diagnostics.failed) return { diagnostics: call.diagnostics.messages }
  return {
    imported_resources: [
      {
        type_name: request.type_name,
        state: toWire(resource.type, state),
        private: privateData.bytes,
        identity: request.identity,
      },
    ],
    diagnostics: call.diagnostics.messages,
  }
}

/** The identity that the user named, checked as any value of the user is. */
function importIdentity(
  call: Call,
  resource: Compiled<AnyResource>,
  identity: MessageOf<typeof ResourceIdentityData> | undefined,
): never | null {
  const { identity: declared } = resource.definition
  if (!declared || !identity) return null
  const fields = fieldSpecs(declared.schema)
  const value = objectFromWire(objectTypeOf(fields), identity.identity_data)
  if (value === null) return null
  for (const { path, message, thrown } of identityProblems(fields, value)) {
    if (message === undefined) throw thrown
    call.error(`Invalid value for ${formatPath(path)}`, message)
  }
  return call.diagnostics.failed ? null : (fieldsToAuthor(fields, value) as never)
}
