import type { Fields, InputOf, ResultOf } from '../schema/views.ts'
import type { ClientContext } from './request.ts'
import type { IdentityFields, Resource, SchemaDefinition, Validate } from './resource.ts'

/** One object that was found. */
export interface Listed<A, I> {
  /** What people call it. */
  readonly name: string
  readonly identity: ResultOf<I>
  /** Its whole state; needed where the request says `includeResource`. */
  readonly resource?: ResultOf<A>
}

export interface ListRequest<Client, C> extends ClientContext<Client> {
  /** The `config` block of the user's `list` block. */
  readonly config: InputOf<C>
  /** Whether each result must bring its `resource`. Where that costs further calls, look here first. */
  readonly includeResource: boolean
  /** How many results are taken at most; the rest is not asked for. `Infinity` where the caller sets no limit. */
  readonly limit: number
}

/** Finds objects that exist already, for `terraform query` (Terraform 1.14 and later). */
export interface ListResourceDefinition<Client, C extends Fields, A extends Fields, I extends IdentityFields>
  extends Omit<SchemaDefinition<C>, 'version'> {
  /** The resource whose objects it finds. It must have an `identity`. */
  readonly resource: Resource<Client, A, I>
  /** Yields what it finds, page by page: no more is read than Terraform takes. */
  list(
    request: ListRequest<Client, C>,
  ): AsyncIterable<Listed<NoInfer<A>, NoInfer<I>>> | Iterable<Listed<NoInfer<A>, NoInfer<I>>>
  readonly validate?: Validate<C>
}
