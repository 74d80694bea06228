import type { RawObject } from '../encoding/raw.ts'
import { Call } from './call.ts'
import type { AnyDefinition, Compiled } from './compiled.ts'
import { deferralTerms, deferredMessage, unknownObject } from './deferral.ts'
import type { Handler } from './handler.ts'
import { inputWithDefaults, markUnknown, withDefaults } from './plan-values.ts'
import { timeoutOf } from './timeouts.ts'
import { objectFromWire, toWire } from './values.ts'

export const readDataSource: Handler<'ReadDataSource'> = async (session, request, signal) => {
  const source = session.provider.dataSources.get(request.type_name)
  const call = new Call(
    session,
    `Reading ${source.name}`,
    source.fields,
    signal,
    deferralTerms(request.client_capabilities),
  )
  const config = objectFromWire(source.type, request.config)
  if (config === null) return {}
  session.secrets.collect(source.fields, config)
  const open = unanswered(source, config)
  const state = await call.attemptConfigured(
    async (context) => {
      const found = await source.definition.read({
        ...context,
        config: source.toAuthor(inputWithDefaults(source.fields, config)),
      })
      return source.fromAuthor(found, open, { known: true })
    },
    timeoutOf('read', source.definition.timeouts, config),
  )
  if (call.deferred) {
    return {
      state: unknownObject(source),
      diagnostics: call.diagnostics.messages,
      deferred: deferredMessage(call.deferred),
    }
  }
  session.secrets.collect(source.fields, state ?? null)
  return { state: state && toWire(source.type, state), diagnostics: call.diagnostics.messages }
}

/** A configuration with its defaults, and unknown where the provider has to answer. */
export function unanswered(compiled: Compiled<AnyDefinition>, config: RawObject): RawObject {
  const { fields } = compiled
  const settled = withDefaults(fields, { config, prior: null, plan: config })
  return markUnknown(fields, { config, prior: null, plan: settled })
}
