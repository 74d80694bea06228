import { Call } from './call.ts'
import { deferralTerms, deferredMessage } from './deferral.ts'
import type { Handler } from './handler.ts'
import { identityOf } from './identity.ts'
import { PrivateData } from './private-state.ts'
import { timeoutOf } from './timeouts.ts'
import { objectFromWire, toWire } from './values.ts'

export const readResource: Handler<'ReadResource'> = async (session, request, signal) => {
  const resource = session.provider.resources.get(request.type_name)
  const call = new Call(
    session,
    `Reading ${resource.name}`,
    resource.fields,
    signal,
    deferralTerms(request.client_capabilities),
  )
  const { definition } = resource
  const current = objectFromWire(resource.type, request.current_state)
  session.secrets.collect(resource.fields, current)
  const privateData = new PrivateData(request.private)
  if (current === null) return { new_state: request.current_state, private: request.private }
  const state = await call.attemptConfigured(
    async (context) => {
      const found = await definition.read({ ...context, state: resource.toAuthor(current), private: privateData })
      return { raw: found === null ? null : resource.fromAuthor(found, current, { known: true }) }
    },
    timeoutOf('read', definition.timeouts, current),
  )
  if (call.deferred) {
    return {
      new_state: request.current_state,
      private: request.private,
      new_identity: request.current_identity,
      diagnostics: call.diagnostics.messages,
      deferred: deferredMessage(call.deferred),
    }
  }
  const next = state === undefined ? current : state.raw
  session.secrets.collect(resource.fields, next)
  return {
    new_state: toWire(resource.type, next),
    private: privateData.bytes,
    diagnostics: call.diagnostics.messages,
    new_identity: next === null ? undefined : await identityOf(call, resource, next),
  }
}
