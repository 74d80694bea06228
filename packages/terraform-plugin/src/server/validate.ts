import { isUnknown, type RawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import { formatPath, type Path } from '../schema/path.ts'
import type { FieldSpecs } from '../schema/spec.ts'
import { NumberFormError } from '../schema/to-author.ts'
import { nestedObjects, objectProblems } from '../schema/value-problems.ts'
import { Call } from './call.ts'
import type { AnyDefinition, Compiled } from './compiled.ts'
import type { Handler } from './handler.ts'
import type { Session } from './session.ts'
import { objectFromWire, type WireValue } from './values.ts'

export const validateProviderConfig: Handler<'ValidateProviderConfig'> = (session, { config }, signal) =>
  validate(session, session.provider.config, config, signal)

export const validateResourceConfig: Handler<'ValidateResourceConfig'> = (session, request, signal) =>
  validate(session, session.provider.resources.get(request.type_name), request.config, signal)

export const validateDataResourceConfig: Handler<'ValidateDataResourceConfig'> = (session, request, signal) =>
  validate(session, session.provider.dataSources.get(request.type_name), request.config, signal)

export const validateEphemeralResourceConfig: Handler<'ValidateEphemeralResourceConfig'> = (session, request, signal) =>
  validate(session, session.provider.ephemeralResources.get(request.type_name), request.config, signal)

export const validateListResourceConfig: Handler<'ValidateListResourceConfig'> = (session, request, signal) =>
  validate(session, session.provider.listResources.get(request.type_name), request.config, signal)

export const validateActionConfig: Handler<'ValidateActionConfig'> = (session, request, signal) =>
  validate(session, session.provider.actions.get(request.action_type), request.config, signal)

async function validate(
  session: Session,
  compiled: Compiled<AnyDefinition>,
  config: WireValue | undefined,
  signal: AbortSignal,
) {
  const call = new Call(session, `Validating ${compiled.name}`, compiled.fields, signal)
  const raw = objectFromWire(compiled.type, config)
  if (raw) await validateConfig(call, compiled, raw)
  return { diagnostics: call.diagnostics.messages }
}

/** Every check of a configuration: those of single attributes first, then those that span several. */
async function validateConfig(call: Call, compiled: Compiled<AnyDefinition>, config: RawObject): Promise<void> {
  call.session.secrets.collect(compiled.fields, config)
  warnOfDeprecated(call, compiled.fields, config, [])
  await checkConfig(call, compiled.fields, config)
  for (const check of compiled.checks) {
    const view = authorView(compiled, config)
    if (view) await call.attempt((context) => check({ ...context, config: view }) as Promise<void> | undefined)
  }
}

/** What the author sees of a configuration; undefined where a number is not whole, which is reported by then. */
function authorView(compiled: Compiled<AnyDefinition>, config: RawObject): never | undefined {
  try {
    return compiled.toAuthor(config)
  } catch (error) {
    if (error instanceof NumberFormError) return undefined
    throw error
  }
}

const passed = new WeakSet<RawObject>()

/**
 * Runs the validators of every known attribute. Also run while planning, when more is known than at validation; where
 * nothing more is, the configuration is the very one that passed before.
 */
export async function checkConfig(call: Call, fields: FieldSpecs, config: RawObject): Promise<void> {
  if (passed.has(config)) return
  const before = call.diagnostics.messages.length
  await call.attempt(() => checkValues(call, fields, config))
  if (call.diagnostics.messages.length === before) passed.add(config)
}

function checkValues(call: Call, fields: FieldSpecs, config: RawObject): void {
  for (const { path, message, thrown } of objectProblems(fields, config)) {
    if (message === undefined) call.diagnostics.thrown(`Validating ${formatPath(path)}`, thrown)
    else call.error(`Invalid value for ${formatPath(path)}`, message, path)
  }
}

/** Terraform marks deprecated attributes in documentation only: what to do instead is said where one is set. */
function warnOfDeprecated(call: Call, fields: FieldSpecs, config: RawObject, path: Path): void {
  for (const [name, field] of Object.entries(fields)) {
    const value = config[name] ?? null
    const isSet = value !== null && !(Array.isArray(value) && value.length === 0)
    if (!isSet) continue
    const at = [...path, name]
    const { deprecated, deprecation } = 'attribute' in field ? field.attribute : field.block
    if (deprecated && deprecation !== '') {
      call.diagnostics.warning(`${'attribute' in field ? 'Attribute' : 'Block'} is deprecated`, deprecation, at)
    }
    const nested = nestedFields(fieldShape(field))
    if (!nested || isUnknown(value)) continue
    for (const [place, object] of nestedObjects(nested.nesting, value, at)) {
      warnOfDeprecated(call, nested.fields, object, place)
    }
  }
}
