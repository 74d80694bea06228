import { numberText, type RawNumber, toDouble } from '../encoding/number.ts'
import { isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import { formatPath, type Path } from '../schema/path.ts'
import type { FieldSpec, FieldSpecs, Shape, Validator } from '../schema/spec.ts'
import { toAuthor } from '../schema/to-author.ts'
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
export async function validateConfig(call: Call, compiled: Compiled<AnyDefinition>, config: RawObject): Promise<void> {
  call.session.secrets.collect(compiled.fields, config)
  checkConfig(call, compiled.fields, config)
  for (const check of compiled.checks) {
    await call.attempt(
      (context) => check({ ...context, config: compiled.toAuthor(config) }) as Promise<void> | undefined,
    )
  }
}

const passed = new WeakSet<RawObject>()

/**
 * Runs the validators of every known attribute. Also run while planning, when more is known than at validation; where
 * nothing more is, the configuration is the very one that passed before.
 */
export function checkConfig(call: Call, fields: FieldSpecs, config: RawObject): void {
  if (passed.has(config)) return
  const before = call.diagnostics.messages.length
  checkValues(call, fields, config)
  if (call.diagnostics.messages.length === before) passed.add(config)
}

function checkValues(call: Call, fields: FieldSpecs, config: RawObject, path: Path = []): void {
  for (const [name, field] of Object.entries(fields)) {
    const value = config[name] ?? null
    const at = [...path, name]
    if (value === null || isUnknown(value)) continue
    const problem = valueProblem(fieldShape(field), value)
    if (problem) {
      call.error(`Invalid value for ${formatPath(at)}`, problem.message, [...at, ...problem.path])
      continue
    }
    runValidators(call, field, value, at)
    const nested = nestedFields(fieldShape(field))
    if (!nested) continue
    if (nested.nesting === 'single') {
      if (isObject(value)) checkValues(call, nested.fields, value, at)
    } else if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) {
        if (isObject(element)) checkValues(call, nested.fields, element, [...at, index])
      }
    } else if (isObject(value)) {
      for (const [key, element] of Object.entries(value)) {
        if (isObject(element)) checkValues(call, nested.fields, element, [...at, key])
      }
    }
  }
}

function runValidators(call: Call, field: FieldSpec, value: Raw, path: Path): void {
  const validators: readonly Validator<never>[] =
    'attribute' in field ? field.attribute.validators : field.block.validators
  if (validators.length === 0) return
  const seen = toAuthor(fieldShape(field), value) as never
  for (const validator of validators) {
    try {
      const message = validator(seen, { path })
      if (message !== undefined) call.error(`Invalid value for ${formatPath(path)}`, message, path)
    } catch (error) {
      call.diagnostics.thrown(`Validating ${formatPath(path)}`, error)
    }
  }
}

const isWhole = (value: RawNumber) => typeof value === 'bigint' || Number.isInteger(value)

/** What the type alone cannot say: numbers that must be whole, and elements that must not be null. */
function valueProblem(shape: Shape, value: Raw): { path: Path; message: string } | undefined {
  if (isUnknown(value)) return undefined
  if (shape.kind === 'number') {
    const found = numberText(value as RawNumber)
    if (shape.form === 'number' && !Number.isFinite(toDouble(value as RawNumber))) {
      return { path: [], message: `Found a number of ${found.length} digits, which is more than a double holds.` }
    }
    if (shape.form === 'integer' && !Number.isSafeInteger(value)) {
      return { path: [], message: `Found ${found}, expected a whole number within ±9007199254740991.` }
    }
    if (shape.form === 'bigint' && !isWhole(value as RawNumber)) {
      return { path: [], message: `Found ${found}, expected a whole number.` }
    }
    return undefined
  }
  if (shape.kind !== 'list' && shape.kind !== 'set' && shape.kind !== 'map') return undefined
  const members: Iterable<[string | number, Raw]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value as RawObject)
  for (const [key, member] of members) {
    if (member === null) {
      return {
        path: [key],
        message: `The ${shape.kind} holds a null, expected a value. Leave the element out instead.`,
      }
    }
    const problem = valueProblem(shape.element, member)
    if (problem) return { path: [key, ...problem.path], message: problem.message }
  }
  return undefined
}
