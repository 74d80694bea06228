import { type JsonValue, parseJson } from '../encoding/json.ts'
import { Call } from './call.ts'
import type { Handler } from './handler.ts'
import { toWire } from './values.ts'

export const moveResourceState: Handler<'MoveResourceState'> = async (session, request, signal) => {
  const resource = session.provider.resources.get(request.target_type_name)
  const call = new Call(session, `Moving the state of ${request.source_type_name}`, resource.fields, signal)
  const state = await call.attempt(async (context) => {
    const moved = await resource.definition.moveState?.({
      ...context,
      source: {
        provider: request.source_provider_address,
        type: request.source_type_name,
        version: request.source_schema_version,
        state: parseJson(request.source_state?.json ?? new Uint8Array(0)) as { [name: string]: JsonValue },
      },
    })
    return moved && resource.fromAuthor(moved, undefined, { known: true, partial: true })
  })
  if (!state && !call.diagnostics.failed) {
    call.error(
      'Unsupported move',
      `${resource.name} cannot take over the state of ${request.source_type_name} from ${request.source_provider_address}. ` +
        'Import the object instead.',
    )
  }
  return { target_state: state && toWire(resource.type, state), diagnostics: call.diagnostics.messages }
}
