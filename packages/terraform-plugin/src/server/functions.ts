import { ArgumentError } from '../provider/function.ts'
import { AuthorError, fromAuthor } from '../schema/from-author.ts'
import { typeOf } from '../schema/implied-type.ts'
import { toAuthor } from '../schema/to-author.ts'
import { signatureOf } from './function-signature.ts'
import type { Handler } from './handler.ts'
import { fromWire, toWire } from './values.ts'

export const getFunctions: Handler<'GetFunctions'> = ({ provider: { definition } }) => ({
  functions: Object.fromEntries(
    Object.entries(definition.functions ?? {}).map(([name, entry]) => [name, signatureOf(entry.definition)]),
  ),
})

export const callFunction: Handler<'CallFunction'> = async (session, request, signal) => {
  const entry = session.provider.definition.functions?.[request.name]
  if (!entry) return { error: { text: `The provider has no function "${request.name}".` } }
  const { definition } = entry
  const parameters = Object.entries(definition.parameters ?? {})
  const read = (shape: Parameters<typeof toAuthor>[0], index: number) =>
    toAuthor(shape, fromWire(typeOf(shape), request.arguments[index]))
  const args = Object.fromEntries(parameters.map(([name, { spec }], index) => [name, read(spec.shape, index)]))
  const { variadic, returns } = definition
  const rest = variadic
    ? request.arguments.slice(parameters.length).map((_, index) => read(variadic.spec.shape, parameters.length + index))
    : []
  try {
    const value = await definition.run(args as never, rest as never, {
      log: session.log,
      signal,
    })
    const shape = returns.spec.shape
    return { result: toWire(typeOf(shape), fromAuthor(shape, value, undefined, { known: false }, ['the result'])) }
  } catch (error) {
    return {
      error: functionError(
        error,
        parameters.map(([name]) => name),
      ),
    }
  }
}

function functionError(error: unknown, names: readonly string[]) {
  if (error instanceof ArgumentError) {
    const { argument } = error
    const message = inSentence(error.message)
    const position = typeof argument === 'string' ? names.indexOf(argument) : names.length + argument.rest
    return position < 0 ? { text: message } : { text: message, function_argument: position }
  }
  const text = inSentence(error instanceof Error ? error.message : String(error))
  return { text: error instanceof AuthorError ? `The function returned an invalid value: ${text}` : text }
}

/** Terraform puts the text into a sentence of its own, with a full stop at its end. */
const inSentence = (text: string) => text.replace(/(?<!\.)\.$/, '')
