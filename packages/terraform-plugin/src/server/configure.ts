import { Call } from './call.ts'
import type { Handler } from './handler.ts'
import { withDefaults } from './plan-values.ts'
import { objectFromWire } from './values.ts'

export const configureProvider: Handler<'ConfigureProvider'> = async (session, request, signal) => {
  const { config: compiled, definition } = session.provider
  const call = new Call(session, `Configuring the provider ${definition.name}`, compiled.fields, signal)
  const config = objectFromWire(compiled.type, request.config)
  if (config === null) return {}
  session.secrets.collect(compiled.fields, config)
  const settled = withDefaults(compiled.fields, { config, prior: null, plan: config })
  const { configure } = definition
  if (configure) {
    session.client = await call.attempt((context) =>
      configure.call(definition, {
        ...context,
        config: compiled.toAuthor(settled),
        terraformVersion: request.terraform_version,
      }),
    )
  }
  return { diagnostics: call.diagnostics.messages }
}

export const stopProvider: Handler<'StopProvider'> = (session) => {
  session.interruption.stop(new Error('Terraform was interrupted'))
  return {}
}
