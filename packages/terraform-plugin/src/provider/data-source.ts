import type { Fields, InputOf, ResultOf } from '../schema/views.ts'
import type { DeferrableContext } from './defer.ts'
import type { SchemaDefinition, Validate } from './resource.ts'

/** A data source: looks something up and keeps nothing. */
export interface DataSourceDefinition<Client, A extends Fields> extends SchemaDefinition<A> {
  /** Default time limit as a Go duration. Users override it in a `timeouts` block. */
  readonly timeouts?: { readonly read?: string }
  /** Called when the whole configuration is known. What the user set need not be repeated. */
  read(request: DeferrableContext<Client> & { readonly config: InputOf<A> }): ResultOf<A> | Promise<ResultOf<A>>
  readonly validate?: Validate<A>
}
