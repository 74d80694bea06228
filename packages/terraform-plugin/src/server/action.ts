import { Call } from './call.ts'
import { deferralTerms, deferredMessage } from './deferral.ts'
import type { Handler, StreamHandler } from './handler.ts'
import { inputWithDefaults } from './plan-values.ts'
import { ProgressQueue } from './progress-queue.ts'
import { timeoutOf } from './timeouts.ts'
import { checkConfig } from './validate.ts'
import { objectFromWire } from './values.ts'

export const planAction: Handler<'PlanAction'> = async (session, request, signal) => {
  const action = session.provider.actions.get(request.action_type)
  const { definition, fields, type } = action
  const call = new Call(session, `Planning ${action.name}`, fields, signal, deferralTerms(request.client_capabilities))
  const config = objectFromWire(type, request.config)
  if (config === null) return {}
  session.secrets.collect(fields, config)
  await checkConfig(call, fields, config)
  if (!call.diagnostics.failed) {
    await call.attemptConfigured((context) =>
      definition.plan?.({ ...context, config: action.toAuthor(inputWithDefaults(fields, config)) }),
    )
  }
  return {
    diagnostics: call.diagnostics.messages,
    ...(call.deferred && { deferred: deferredMessage(call.deferred) }),
  }
}

/** Runs an action and passes its lines of progress on as they come. Its last event says how it ended. */
export const invokeAction: StreamHandler<'InvokeAction'> = async function* (session, request, signal) {
  const action = session.provider.actions.get(request.action_type)
  const { definition, fields, type } = action
  const call = new Call(session, `Invoking ${action.name}`, fields, signal)
  const config = objectFromWire(type, request.config)
  if (config === null) return yield { completed: {} }
  session.secrets.collect(fields, config)
  await checkConfig(call, fields, config)
  if (!call.diagnostics.failed) {
    const lines = new ProgressQueue()
    const ended = call
      .attemptConfigured(
        (context) =>
          definition.invoke({
            ...context,
            config: action.toAuthor(inputWithDefaults(fields, config)),
            // A provider in JavaScript may pass what it has at hand.
            progress: (message) => lines.push(String(message)),
          }),
        timeoutOf('invoke', definition.timeouts, config),
      )
      .finally(() => lines.end())
    for await (const message of lines) yield { progress: { message: session.secrets.mask(message) } }
    await ended
  }
  yield { completed: { diagnostics: call.diagnostics.messages } }
}
