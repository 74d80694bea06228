import { type RawObject, rawObject } from '../encoding/raw.ts'
import type { StreamEventOf } from '../protobuf/tfplugin6.ts'
import { AuthorError } from '../schema/from-author.ts'
import type { FieldSpecs } from '../schema/spec.ts'
import type { Fields } from '../schema/views.ts'
import { Call } from './call.ts'
import type { Compiled } from './compiled.ts'
import type { StreamHandler } from './handler.ts'
import { identityFromAuthor } from './identity.ts'
import { inputWithDefaults } from './plan-values.ts'
import type { AnyResource } from './session.ts'
import { objectFromWire, toWire } from './values.ts'

type Event = StreamEventOf<'ListResource'>
type Found = { readonly name: string; readonly identity: unknown; readonly resource?: unknown }

export const listResource: StreamHandler<'ListResource'> = async function* (session, request, signal) {
  const list = session.provider.listResources.get(request.type_name)
  const resource = session.provider.resources.get(request.type_name)
  const call = new Call(session, `Listing ${list.name}`, list.fields, signal)
  // Without a `config` block Terraform sends null, which means the same as an empty one.
  const config = objectFromWire(list.type, request.config) ?? unset(list.fields)
  session.secrets.collect(list.fields, config)
  const limit = request.limit > 0 ? request.limit : Number.POSITIVE_INFINITY
  const found = await call.attemptConfigured((context) =>
    iterator(
      list.definition.list({
        ...context,
        config: list.toAuthor(inputWithDefaults(list.fields, config)),
        includeResource: request.include_resource_object,
        limit,
      }),
    ),
  )
  let told = 0
  /** What was said since the last event: Terraform takes an event of diagnostics alone. */
  const news = () => {
    const fresh = call.diagnostics.messages.slice(told)
    told = call.diagnostics.messages.length
    return fresh
  }
  try {
    for (let count = 0; found && count < limit && !call.diagnostics.failed; count++) {
      const next = await call.attempt(() => found.next())
      if (!next || next.done) break
      const event = await call.attempt(() => eventOf(resource, next.value, request.include_resource_object))
      if (!event || call.diagnostics.failed) break
      if (event.state) session.secrets.collect(resource.fields, event.state)
      yield { ...event.message, diagnostic: news() }
    }
  } finally {
    // Also when Terraform has enough: the author's own `finally` is to run.
    await call.attempt(() => found?.return?.())
  }
  const last = news()
  if (last.length > 0) yield { diagnostic: last }
}

function eventOf(
  resource: Compiled<AnyResource>,
  { name, identity, resource: object }: Found,
  whole: boolean,
): { message: Event; state: RawObject | undefined } {
  if (typeof name !== 'string') throw new AuthorError(['name'], 'The name of a result must be a text.')
  const identity_data = identityFromAuthor(resource.definition.identity?.schema as Fields, identity)
  if (whole && object === undefined) {
    throw new AuthorError([], `The result "${name}" has no resource, although the request says includeResource.`)
  }
  const state = whole ? resource.fromAuthor(object, undefined, { known: true, partial: true }) : undefined
  return {
    message: {
      display_name: name,
      identity: { identity_data },
      ...(state && { resource_object: toWire(resource.type, state) }),
    },
    state,
  }
}

/** A configuration in which the user wrote nothing. */
function unset(fields: FieldSpecs): RawObject {
  return rawObject(
    Object.entries(fields).map(([name, field]) => [
      name,
      'block' in field && field.block.nesting !== 'single' ? [] : null,
    ]),
  )
}

function iterator(source: AsyncIterable<Found> | Iterable<Found>) {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
}
