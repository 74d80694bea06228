import type { ConfigOf, Fields, InputOf } from '../schema/views.ts'
import type { DeferrableContext } from './defer.ts'
import type { ClientContext } from './request.ts'
import type { SchemaDefinition, Validate } from './resource.ts'

type MaybePromise<T> = T | Promise<T>

export interface InvokeRequest<Client, A> extends ClientContext<Client> {
  /** The configuration with its defaults, write-only values included. */
  readonly config: InputOf<A>
  /** Shows a line to the user while the action runs. Sensitive values are masked. */
  progress(message: string): void
}

/**
 * Something done once, that leaves no state: a restart, an invalidation, a notification (Terraform 1.14 and later). Run by
 * an `action_trigger` of a resource or by `terraform apply -invoke`.
 */
export interface ActionDefinition<Client, A extends Fields> extends Omit<SchemaDefinition<A>, 'version'> {
  /** Default time limit as a Go duration. Users override it in a `timeouts` block. */
  readonly timeouts?: { readonly invoke?: string }
  /** Looks at the action while Terraform plans, to warn or to refuse. Values may be unknown. */
  plan?(request: DeferrableContext<Client> & { readonly config: ConfigOf<A> }): MaybePromise<void>
  invoke(request: InvokeRequest<Client, A>): MaybePromise<void>
  readonly validate?: Validate<A>
}
