import type { FunctionParameter, FunctionSignature, MessageOf } from '../protobuf/tfplugin6-values.ts'
import type { FunctionDefinition, Parameter, Parameters } from '../provider/function.ts'
import { typeOf } from '../schema/implied-type.ts'
import type { AttributeSpec } from '../schema/spec.ts'
import { described, typeBytes } from '../schema/wire-schema.ts'

/** A function as the protocol describes it. */
export function signatureOf(
  definition: FunctionDefinition<Parameters, Parameter, Parameter>,
): MessageOf<typeof FunctionSignature> {
  const { parameters = {}, variadic, returns, summary = '', description = '', deprecated = '' } = definition
  return {
    parameters: Object.entries(parameters).map(([name, { spec }]) => parameter(name, spec)),
    ...(variadic && { variadic_parameter: parameter('rest', variadic.spec) }),
    return: { type: typeBytes(typeOf(returns.spec.shape)) },
    summary,
    deprecation_message: deprecated,
    ...described(description),
  }
}

function parameter(name: string, spec: AttributeSpec): MessageOf<typeof FunctionParameter> {
  return {
    name,
    type: typeBytes(typeOf(spec.shape)),
    // A default is what null means.
    allow_null_value: spec.nullable || spec.default !== undefined,
    allow_unknown_values: spec.unknownAllowed,
    ...described(spec.description),
  }
}
