import type { Attribute } from '../schema/attribute.ts'
import type { Role, Views } from '../schema/views.ts'
import type { Context } from './request.ts'

/** A parameter or the return value of a function: a type made with `s`, without a role. */
export type Parameter = Attribute<Views, Role>
export type Parameters = { readonly [name: string]: Parameter }

type Argument<P> = P extends { readonly views?: infer V extends Views } ? V['settings'] : never
type Returned<P> = P extends { readonly views?: infer V extends Views } ? V['result'] : never

export interface FunctionDefinition<P extends Parameters, V extends Parameter, R extends Parameter> {
  /** One line. */
  readonly summary?: string
  /** For documentation (Markdown). */
  readonly description?: string
  readonly deprecated?: string
  /** By name, in the order they are passed; "rest" is the name of the variadic ones. Null and unknown reach the function only where the parameter accepts them. */
  readonly parameters?: P & { readonly rest?: never }
  /** Any number of further arguments, handed over as `rest`. */
  readonly variadic?: V
  readonly returns: R
  /** Must depend on nothing but its arguments: it runs before the provider is configured. */
  run(
    args: { readonly [K in keyof P]: Argument<P[K]> },
    rest: readonly Argument<V>[],
    context: Pick<Context, 'log' | 'signal'>,
  ): Returned<R> | Promise<Returned<R>>
}

/** Blames one argument of a function: Terraform shows the message under it. `rest` counts from 0. */
export class ArgumentError extends Error {
  readonly argument: string | { readonly rest: number }

  constructor(argument: string | { readonly rest: number }, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ArgumentError'
    this.argument = argument
  }
}
