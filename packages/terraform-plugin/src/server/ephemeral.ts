import type { MessageOf, Timestamp } from '../protobuf/tfplugin6-values.ts'
import { Call } from './call.ts'
import { deferralTerms, deferredMessage, unknownObject } from './deferral.ts'
import type { Handler } from './handler.ts'
import { inputWithDefaults } from './plan-values.ts'
import { PrivateData } from './private-state.ts'
import { unanswered } from './read-data-source.ts'
import { objectFromWire, toWire } from './values.ts'

export const openEphemeralResource: Handler<'OpenEphemeralResource'> = async (session, request, signal) => {
  const resource = session.provider.ephemeralResources.get(request.type_name)
  const { definition, fields, type } = resource
  const call = new Call(session, `Opening ${resource.name}`, fields, signal, deferralTerms(request.client_capabilities))
  const config = objectFromWire(type, request.config)
  if (config === null) return {}
  session.secrets.collect(fields, config)
  const privateData = new PrivateData()
  const opened = await call.attemptConfigured(async (context) => {
    const { result, renewAt } = await definition.open({
      ...context,
      config: resource.toAuthor(inputWithDefaults(fields, config)),
      private: privateData,
    })
    return { result: resource.fromAuthor(result, unanswered(resource, config), { known: true }), renewAt }
  })
  if (call.deferred) {
    return {
      result: unknownObject(resource),
      diagnostics: call.diagnostics.messages,
      deferred: deferredMessage(call.deferred),
    }
  }
  if (!opened) return { diagnostics: call.diagnostics.messages }
  session.secrets.collect(fields, opened.result)
  return {
    result: toWire(type, opened.result),
    private: privateData.bytes,
    renew_at: timestamp(opened.renewAt),
    diagnostics: call.diagnostics.messages,
  }
}

export const renewEphemeralResource: Handler<'RenewEphemeralResource'> = async (session, request, signal) => {
  const { name, definition, fields } = session.provider.ephemeralResources.get(request.type_name)
  const call = new Call(session, `Renewing ${name}`, fields, signal)
  const privateData = new PrivateData(request.private)
  const next = await call.attempt((context) => definition.renew?.({ ...context, private: privateData }))
  return { private: privateData.bytes, renew_at: timestamp(next), diagnostics: call.diagnostics.messages }
}

export const closeEphemeralResource: Handler<'CloseEphemeralResource'> = async (session, request, signal) => {
  const { name, definition, fields } = session.provider.ephemeralResources.get(request.type_name)
  // Terraform closes what it opened also after an interruption, and a credential that stays open is worse than a wait.
  const call = new Call(session, `Closing ${name}`, fields, signal).evenAfterCrash()
  await call.attempt((context) => definition.close?.({ ...context, private: new PrivateData(request.private) }))
  return { diagnostics: call.diagnostics.messages }
}

function timestamp(date: Date | undefined): MessageOf<typeof Timestamp> | undefined {
  if (!date) return undefined
  const milliseconds = date.getTime()
  const seconds = Math.floor(milliseconds / 1000)
  return { seconds, nanos: (milliseconds - seconds * 1000) * 1_000_000 }
}
