import { Call } from './call.ts'
import { deferralTerms } from './deferral.ts'
import type { Handler } from './handler.ts'
import { inputWithDefaults } from './plan-values.ts'
import { objectFromWire } from './values.ts'

export const configureProvider: Handler<'ConfigureProvider'> = async (session, request, signal) => {
  const { config: compiled, definition } = session.provider
  const terms = deferralTerms(request.client_capabilities, 'provider-config-unknown')
  const call = new Call(session, `Configuring the provider ${definition.name}`, compiled.fields, signal, terms)
  const config = objectFromWire(compiled.type, request.config)
  if (config === null) return {}
  session.secrets.collect(compiled.fields, config)
  const { configure } = definition
  session.deferred = undefined
  if (configure) {
    session.client = await call.attempt((context) =>
      configure.call(definition, {
        ...context,
        config: compiled.toAuthor(inputWithDefaults(compiled.fields, config)),
        terraformVersion: request.terraform_version,
      }),
    )
    session.deferred = call.deferred
  }
  return { diagnostics: call.diagnostics.messages }
}

export const stopProvider: Handler<'StopProvider'> = (session) => {
  session.interruption.stop(new Error('Terraform was interrupted'))
  return {}
}
