import { type RawObject, rawObject } from '../encoding/raw.ts'
import { hasMembers, memberOf } from '../schema/author-object.ts'
import { AuthorError, fieldsFromAuthor, knownPart } from '../schema/from-author.ts'
import { formatPath } from '../schema/path.ts'
import { RuleError } from '../schema/rule-error.ts'
import { Call } from './call.ts'
import { brokenPromises } from './check-applied.ts'
import type { Compiled } from './compiled.ts'
import type { Handler } from './handler.ts'
import { identityOf } from './identity.ts'
import { PrivateData } from './private-state.ts'
import type { AnyResource } from './session.ts'
import { timeoutOf } from './timeouts.ts'
import { objectFromWire, toWire } from './values.ts'

export const applyResourceChange: Handler<'ApplyResourceChange'> = async (session, request, signal) => {
  const resource = session.provider.resources.get(request.type_name)
  const prior = objectFromWire(resource.type, request.prior_state)
  const planned = objectFromWire(resource.type, request.planned_state)
  const config = objectFromWire(resource.type, request.config)
  for (const value of [prior, planned, config]) session.secrets.collect(resource.fields, value)
  const doing = planned === null ? 'Deleting' : prior === null ? 'Creating' : 'Updating'
  const call = new Call(session, `${doing} ${resource.name}`, resource.fields, signal)
  const privateData = new PrivateData(request.planned_private)
  const applying = new Applying(resource, call, privateData)
  const state =
    planned === null ? await applying.delete(prior) : await applying.change(prior, planned, config ?? planned)
  session.secrets.collect(resource.fields, state)
  return {
    new_state: toWire(resource.type, state),
    private: state === null ? new Uint8Array(0) : privateData.bytes,
    diagnostics: call.diagnostics.messages,
    new_identity: state === null ? undefined : await identityOf(call, resource, state),
  }
}

/** Carries out one planned change of a resource. */
class Applying {
  readonly #resource: Compiled<AnyResource>
  readonly #call: Call
  readonly #private: PrivateData

  constructor(resource: Compiled<AnyResource>, call: Call, privateData: PrivateData) {
    this.#resource = resource
    this.#call = call
    this.#private = privateData
  }

  /** Returns what is left: nothing, or the state as it was when deleting failed. */
  async delete(prior: RawObject | null): Promise<RawObject | null> {
    if (prior === null) return null
    const { definition } = this.#resource
    const done = await this.#call.attemptConfigured(
      async (context) => {
        await definition.delete({ ...context, state: this.#resource.toAuthor(prior), private: this.#private })
        return true
      },
      timeoutOf('delete', definition.timeouts, prior),
    )
    return done && !this.#call.diagnostics.failed ? null : prior
  }

  async change(prior: RawObject | null, planned: RawObject, config: RawObject): Promise<RawObject | null> {
    // A new time limit is nothing the author needs to act on.
    if (prior && this.#resource.sameForAuthor(prior, planned)) return planned
    let saved: RawObject | null = prior
    const save = (partial: unknown) => {
      saved = this.#result(partial, planned, true)
    }
    const returned = await this.#run(prior, planned, config, save)
    // What a failed change leaves behind: whatever the author saved, or the state before.
    if (returned === undefined) return saved
    const result = this.#result(returned.value, planned, false)
    this.#checkPromises(planned, result)
    return result
  }

  async #run(prior: RawObject | null, planned: RawObject, config: RawObject, save: (partial: unknown) => void) {
    const { definition } = this.#resource
    const toAuthor = (value: RawObject) => this.#resource.toAuthor(value)
    const request = () => ({ plan: toAuthor(planned), config: toAuthor(config), private: this.#private, save })
    if (prior === null) {
      const limit = timeoutOf('create', definition.timeouts, planned)
      return this.#call.attemptConfigured(
        async (context) => ({ value: await definition.create({ ...context, ...request() }) }),
        limit,
      )
    }
    const limit = timeoutOf('update', definition.timeouts, planned)
    return this.#call.attemptConfigured(async (context) => {
      if (!definition.update) throw new Error(`${this.#resource.name} cannot be changed in place, only replaced.`)
      return { value: await definition.update({ ...context, ...request(), state: toAuthor(prior) }) }
    }, limit)
  }

  #result(value: unknown, planned: RawObject, partial: boolean): RawObject {
    try {
      return this.#resource.fromAuthor(value, planned, { known: true, partial })
    } catch (error) {
      if (!(error instanceof AuthorError || error instanceof RuleError)) throw error
      this.#call.diagnostics.thrown(`Applying ${this.#resource.name}`, error)
      // The object exists: better to keep what can be kept than to lose track of it.
      return salvage(this.#resource, value, planned)
    }
  }

  #checkPromises(planned: RawObject, applied: RawObject): void {
    if (this.#call.diagnostics.failed) return
    for (const { path, planned: promised, applied: found, secret } of brokenPromises(
      this.#resource.fields,
      planned,
      applied,
    )) {
      const [was, is] = secret ? ['(sensitive)', '(sensitive)'] : [shown(promised), shown(found)]
      this.#call.error(
        'Provider produced an inconsistent result',
        `${this.#resource.name}: "${formatPath(path)}" was planned as ${was}, but is ${is} after apply. ` +
          'Return the planned value, or make it unknown in the plan. This is a bug in the provider; please report it.',
        path,
      )
    }
  }
}

/** Each field on its own: as returned where that fits, else as planned. */
function salvage(resource: Compiled<AnyResource>, value: unknown, planned: RawObject): RawObject {
  const given = hasMembers(value) ? value : {}
  return rawObject(
    Object.entries(resource.fields).map(([name, field]) => {
      try {
        const one = fieldsFromAuthor({ [name]: field }, { [name]: memberOf(given, name) }, planned, {
          known: true,
          partial: true,
        })
        return [name, one[name] ?? null]
      } catch {
        return [name, knownPart(planned[name] ?? null)]
      }
    }),
  )
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? String(member) : member)) ?? 'unknown'
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
