import { hasUnknown, isUnknown, type Raw, rawObject } from '../encoding/raw.ts'
import { messageOf, readable, stackOf } from '../error-text.ts'
import { ArgumentError, type Parameter } from '../provider/function.ts'
import { nestedFields } from '../schema/field-shape.ts'
import { AuthorError, fromAuthor, isNull, withNestedDefaults } from '../schema/from-author.ts'
import { typeOf } from '../schema/implied-type.ts'
import { formatPath, type Path } from '../schema/path.ts'
import type { AttributeSpec, Shape } from '../schema/spec.ts'
import { toAuthor } from '../schema/to-author.ts'
import { nestedObjects, type ValueProblem, valueProblems } from '../schema/value-problems.ts'
import { attempts, type CrashError } from './crash.ts'
import { signatureOf } from './function-signature.ts'
import type { Handler } from './handler.ts'
import { withDefaults } from './plan-values.ts'
import type { Secrets } from './secrets.ts'
import { fromWire, toWire, type WireValue } from './values.ts'

export const getFunctions: Handler<'GetFunctions'> = ({ provider: { definition } }) => ({
  functions: Object.fromEntries(
    Object.entries(definition.functions ?? {}).map(([name, entry]) => [name, signatureOf(entry.definition)]),
  ),
})

export const callFunction: Handler<'CallFunction'> = async (session, request, signal) => {
  const functions = session.provider.definition.functions ?? {}
  const entry = Object.hasOwn(functions, request.name) ? functions[request.name] : undefined
  if (!entry) return { error: { text: `The provider has no function "${request.name}".` } }
  if (attempts.refusal) return { error: { text: inSentence(session.secrets.mask(attempts.refusal.message)) } }
  const { definition } = entry
  const parameters = Object.entries(definition.parameters ?? {})
  const { variadic, returns } = definition
  let allKnown = true
  const argument = ({ spec }: Parameter, name: string | { readonly rest: number }, index: number) => {
    const value = readArgument(session.secrets, spec, request.arguments[index], name)
    allKnown &&= !hasUnknown(value)
    return toAuthor(spec.shape, value)
  }
  try {
    const args = Object.fromEntries(
      parameters.map(([name, parameter], index) => [name, argument(parameter, name, index)]),
    )
    const rest = variadic
      ? request.arguments
          .slice(parameters.length)
          .map((_, index) => argument(variadic, { rest: index }, parameters.length + index))
      : []
    let late: CrashError | undefined
    const value = await attempts.run(
      () => definition.run(args as never, rest as never, { log: session.log, signal }),
      (error) => {
        late = error
      },
    )
    if (late) throw late
    return { result: toWire(typeOf(returns.spec.shape), functionResult(returns.spec, value, allKnown)) }
  } catch (thrown) {
    const error = readable(thrown)
    if (!(error instanceof ArgumentError)) {
      session.log.error(`Calling ${request.name} failed`, { error: stackOf(error) })
    }
    return {
      error: functionError(
        session.secrets,
        error,
        parameters.map(([name]) => name),
      ),
    }
  }
}

/** An argument with its defaults filled in, checked as the same attribute of a configuration is. */
function readArgument(
  secrets: Secrets,
  spec: AttributeSpec,
  value: WireValue | undefined,
  argument: string | { readonly rest: number },
): Raw {
  const given = fromWire(typeOf(spec.shape), value)
  const field = { attribute: { ...spec, required: false, optional: true } }
  const config = rawObject([['value', given]])
  secrets.collect({ value: field }, config)
  const settled = withDefaults({ value: field }, { config, prior: null, plan: config }).value ?? null
  const [problem] = [...missingAttributes(spec.shape, settled, []), ...valueProblems(field, settled, [])]
  if (problem) {
    const at = problem.path.length > 0 ? `${formatPath(problem.path)}: ` : ''
    throw new ArgumentError(argument, at + messageOfProblem(problem))
  }
  return settled
}

const messageOfProblem = ({ message, thrown }: ValueProblem) => message ?? messageOf(thrown)

/** Nested attributes that are required but null. In a configuration Terraform itself refuses these. */
function* missingAttributes(shape: Shape, value: Raw, path: Path): Generator<ValueProblem> {
  const nested = nestedFields(shape)
  if (!nested || value === null || isUnknown(value)) return
  for (const [at, object] of nestedObjects(nested.nesting, value, path)) {
    for (const [name, field] of Object.entries(nested.fields)) {
      if (!('attribute' in field)) continue
      const member = object[name] ?? null
      if (member === null && field.attribute.required) {
        yield { path: [...at, name], message: 'Found null, expected a value.' }
      }
      yield* missingAttributes(field.attribute.shape, member, [...at, name])
    }
  }
}

/**
 * A result in Terraform's form: checked as an argument is, with the defaults of nested attributes. Null is a result only where the
 * function says so, and an unknown value only where an argument is unknown: nothing that is computed later could tell it.
 */
function functionResult(spec: AttributeSpec, value: unknown, known: boolean): Raw {
  const raw = fromAuthor(spec.shape, withNestedDefaults(spec.shape, value), undefined, { known }, [RESULT])
  if (isNull(raw) && !spec.nullable) {
    throw new AuthorError(
      [RESULT],
      'the result is null, expected a value. Declare `returns` as `.nullable()` if it may be',
    )
  }
  const field = { attribute: spec }
  const [problem] = [...missingAttributes(spec.shape, raw, []), ...valueProblems(field, raw, [])]
  if (problem)
    throw new AuthorError(problem.path, `${formatPath([RESULT, ...problem.path])}: ${messageOfProblem(problem)}`)
  return raw
}

/** Where a result is wrong, as the root of paths. */
const RESULT = 'result'

function functionError(secrets: Secrets, error: unknown, names: readonly string[]) {
  if (error instanceof ArgumentError) {
    const { argument } = error
    const message = inSentence(secrets.mask(error.message))
    const position = typeof argument === 'string' ? names.indexOf(argument) : names.length + argument.rest
    return position < 0 ? { text: message } : { text: message, function_argument: position }
  }
  const text = inSentence(secrets.mask(messageOf(error)))
  return { text: error instanceof AuthorError ? `The function returned an invalid value: ${text}` : text }
}

/** Terraform puts the text into a sentence of its own, with a full stop at its end. */
const inSentence = (text: string) => text.replace(/(?<!\.)\.$/, '')
