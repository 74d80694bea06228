import type { Fields, InputOf, ResultOf } from '../schema/views.ts'
import type { DeferrableContext } from './defer.ts'
import type { ClientContext, PrivateState } from './request.ts'
import type { SchemaDefinition, Validate } from './resource.ts'

type MaybePromise<T> = T | Promise<T>

/** A value that lives only during one Terraform run, such as a short-lived credential. Nothing of it is stored. */
export interface EphemeralResourceDefinition<Client, A extends Fields> extends SchemaDefinition<A> {
  open(
    request: DeferrableContext<Client> & { readonly config: InputOf<A>; readonly private: PrivateState },
  ): MaybePromise<{
    readonly result: ResultOf<A>
    /** When Terraform should call `renew`. */
    readonly renewAt?: Date
  }>
  /** Prolongs it. Returns when to renew next, or undefined for never. */
  renew?(request: ClientContext<Client> & { readonly private: PrivateState }): MaybePromise<Date | undefined>
  close?(request: ClientContext<Client> & { readonly private: PrivateState }): MaybePromise<void>
  readonly validate?: Validate<A>
}
