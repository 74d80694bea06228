import { valuesEqual } from '../encoding/equal.ts'
import { isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { attributePath } from '../schema/attribute-path.ts'
import { fieldShape } from '../schema/field-shape.ts'
import { AuthorError } from '../schema/from-author.ts'
import { typeOf } from '../schema/implied-type.ts'
import { formatPath, type Path } from '../schema/path.ts'
import { keepStoredSpelling, spellAsConfigured } from '../schema/plan-spelling.ts'
import { setsAsConfigured } from '../schema/proposed-sets.ts'
import { RuleError } from '../schema/rule-error.ts'
import { NumberFormError } from '../schema/to-author.ts'
import type { Fields, ProposedOf } from '../schema/views.ts'
import { walkPlan } from '../schema/walk-plan.ts'
import { Call } from './call.ts'
import type { Compiled } from './compiled.ts'
import { deferralTerms, deferredMessage } from './deferral.ts'
import type { Handler } from './handler.ts'
import { applyModifiers, markUnknown, replacements, withDefaults } from './plan-values.ts'
import { PrivateData } from './private-state.ts'
import { holdsSets, setsWithRepetitions } from './repeated-elements.ts'
import type { AnyResource } from './session.ts'
import { checkConfig } from './validate.ts'
import { objectFromWire, toWire } from './values.ts'

export const planResourceChange: Handler<'PlanResourceChange'> = async (session, request, signal) => {
  const resource = session.provider.resources.get(request.type_name)
  const call = new Call(
    session,
    `Planning ${resource.name}`,
    resource.fields,
    signal,
    deferralTerms(request.client_capabilities),
  )
  const privateData = new PrivateData(request.prior_private)
  const prior = objectFromWire(resource.type, request.prior_state)
  const proposed = objectFromWire(resource.type, request.proposed_new_state)
  const config = objectFromWire(resource.type, request.config)
  for (const value of [prior, config]) session.secrets.collect(resource.fields, value)
  const planning = new Planning(resource, call, privateData)
  const planned =
    proposed === null
      ? await planning.delete(prior)
      : await planning.change(config ?? proposed, prior, proposed).catch((error: unknown) => {
          if (!(error instanceof RuleError || error instanceof NumberFormError)) throw error
          call.fail(error)
          return proposed
        })
  return {
    planned_state: toWire(resource.type, call.diagnostics.failed ? proposed : planned),
    requires_replace: planning.replace.map((path) => attributePath(resource.fields, path)),
    planned_private: privateData.bytes,
    planned_identity: request.prior_identity,
    diagnostics: call.diagnostics.messages,
    ...(call.deferred && { deferred: deferredMessage(call.deferred) }),
  }
}

/** Works out the planned state of one resource. */
class Planning {
  readonly replace: Path[] = []
  readonly #resource: Compiled<AnyResource>
  readonly #call: Call
  readonly #private: PrivateData

  constructor(resource: Compiled<AnyResource>, call: Call, privateData: PrivateData) {
    this.#resource = resource
    this.#call = call
    this.#private = privateData
  }

  async delete(prior: RawObject | null): Promise<null> {
    await this.#modify(() => ({
      action: 'delete',
      config: null,
      state: prior && (this.#resource.toAuthor(prior) as never),
      plan: null,
    }))
    return null
  }

  async change(config: RawObject, prior: RawObject | null, proposed: RawObject): Promise<RawObject> {
    const { fields } = this.#resource
    await checkConfig(this.#call, fields, config)
    if (this.#call.diagnostics.failed) return proposed
    // Defaults are what the user would have written.
    const written = withDefaults(fields, { config, prior: null, plan: config })
    this.#refuseRepetitions(written)
    if (this.#call.diagnostics.failed) return proposed
    const plan = holdsSets(fields) ? setsAsConfigured(fields, config, proposed) : proposed
    const settled = withDefaults(fields, { config, prior, plan })
    let planned = keepStoredSpelling(fields, { config: written, prior, plan: settled })
    const changed = prior === null || !this.#resource.sameForAuthor(prior, planned)
    if (changed) planned = markUnknown(fields, { config, prior, plan: planned })
    const modified = await this.#call.attempt(() => applyModifiers(fields, { config, prior, plan: planned }))
    if (!modified) return proposed
    planned = await this.#modifyWhole(config, prior, modified, changed)
    planned = spellAsConfigured(fields, { config: written, prior, plan: planned })
    if (prior !== null && !this.#call.diagnostics.failed) {
      this.replace.push(...replacements(fields, { config, prior, plan: planned }))
      if (!this.#resource.definition.update) this.#replaceForEveryChange(prior, planned)
    }
    return planned
  }

  #refuseRepetitions(written: RawObject): void {
    const { fields } = this.#resource
    if (!holdsSets(fields)) return
    for (const path of setsWithRepetitions(fields, written)) {
      this.#call.error(
        `Repeated element in ${formatPath(path)}`,
        'Two elements are identical after defaults are applied, but a set contains each element only once. Remove one of them.',
        path,
      )
    }
  }

  /** Asks the author's `modifyPlan` about the whole, and checks what it did. */
  async #modifyWhole(
    config: RawObject,
    prior: RawObject | null,
    planned: RawObject,
    changed: boolean,
  ): Promise<RawObject> {
    const { fields, type } = this.#resource
    const overrides = await this.#modify(() => ({
      action: prior === null ? 'create' : 'update',
      config: this.#resource.toAuthor(config),
      state: prior && (this.#resource.toAuthor(prior) as never),
      plan: this.#resource.toAuthor(planned),
    }))
    if (!overrides) return planned
    let modified = await this.#call.attempt(() => {
      const result = this.#resource.fromAuthor(overrides, planned, { known: false })
      refuseForeignChanges(this.#resource, config, planned, result)
      return result
    })
    if (modified && !changed && prior !== null && !valuesEqual(type, prior, modified)) {
      // Nothing was to change before; now something is, so what only apply can tell is open as well.
      modified = markUnknown(fields, { config, prior, plan: modified }, ([name = '']) => Object.hasOwn(overrides, name))
      const open = { config, prior, plan: modified }
      modified = await this.#call.attempt(() => applyModifiers(fields, open))
    }
    return modified ?? planned
  }

  /** `change` makes what the author sees, which is needed only where the author has something to say. */
  async #modify(change: () => object): Promise<Partial<ProposedOf<Fields>> | undefined> {
    const { modifyPlan } = this.#resource.definition
    if (!modifyPlan && !this.#call.session.deferred) return undefined
    return this.#call.attemptConfigured((context) =>
      modifyPlan?.call(this.#resource.definition, {
        ...context,
        ...change(),
        private: this.#private,
        requiresReplace: (...path: Path) => void this.replace.push(path),
      } as never),
    )
  }

  #replaceForEveryChange(prior: RawObject, planned: RawObject): void {
    const differing = Object.entries(this.#resource.fields).filter(
      ([name, field]) =>
        name !== 'timeouts' && !valuesEqual(typeOf(fieldShape(field)), prior[name] ?? null, planned[name] ?? null),
    )
    const known = differing.filter(([name]) => !isUnknown(planned[name]))
    for (const [name] of known.length > 0 ? known : differing) this.replace.push([name])
  }
}

/** The user's words are theirs: a plan may only fill in what is computed and was not written. */
function refuseForeignChanges(
  resource: Compiled<AnyResource>,
  config: RawObject,
  before: RawObject,
  after: RawObject,
): void {
  if (before === after) return
  walkPlan(
    resource.fields,
    { config, prior: before, plan: after },
    ({ spec, config: written, plan, prior, path }): Raw => {
      const open = spec.computed && written === null
      if (!open && !spec.writeOnly && !hasNested(spec.shape) && !valuesEqual(typeOf(spec.shape), prior, plan)) {
        throw new AuthorError(
          path,
          `modifyPlan changed "${formatPath(path)}", which the configuration sets. Only computed attributes that are not set there can be planned freely.`,
        )
      }
      return plan
    },
  )
}

const hasNested = (shape: { readonly kind: string; readonly element?: { readonly kind: string } }) =>
  shape.kind === 'object' || shape.element?.kind === 'object'
