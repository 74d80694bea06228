import type { ConfigOf, Fields } from '../schema/views.ts'
import type { ActionDefinition } from './action.ts'
import type { DataSourceDefinition } from './data-source.ts'
import type { Deferrable } from './defer.ts'
import type { EphemeralResourceDefinition } from './ephemeral-resource.ts'
import type { FunctionDefinition, Parameter, Parameters } from './function.ts'
import type { ListResourceDefinition } from './list-resource.ts'
import type { Context } from './request.ts'
import type { IdentityFields, Resource, SchemaDefinition, Validate } from './resource.ts'

/** Like `Resource`: a definition whose own field types are forgotten. */
export interface DataSource<Client> {
  /** For the compiler only: it must not be listed among resources, nor a resource here. The same in the others. */
  readonly kind?: 'data source'
  readonly definition: DataSourceDefinition<Client, Fields>
}
export interface EphemeralResource<Client> {
  readonly kind?: 'ephemeral resource'
  readonly definition: EphemeralResourceDefinition<Client, Fields>
}
export interface ListResource<Client> {
  readonly kind?: 'list resource'
  readonly definition: ListResourceDefinition<Client, Fields, Fields, IdentityFields>
}
export interface Action<Client> {
  readonly kind?: 'action'
  readonly definition: ActionDefinition<Client, Fields>
}
export interface ProviderFunction {
  readonly definition: FunctionDefinition<Parameters, Parameter, Parameter>
}

export interface ProviderDefinition<Client, A extends Fields> extends Partial<SchemaDefinition<A>> {
  /** The provider's type: the prefix of all its type names. */
  readonly name: string
  readonly validate?: Validate<A>
  /**
   * Makes what resources and data sources get as `client`. Called once for each Terraform process, so several times in
   * one run. Values may be unknown while planning; where one is needed, `return defer('...')`.
   */
  configure?(
    request: Context & Deferrable & { readonly config: ConfigOf<A>; readonly terraformVersion: string },
  ): Client | Promise<Client>
  /**
   * Called once when Terraform ends the process in good order: it has every answer by then, so what was created is in its
   * state. Not called where Terraform or the process is killed, nor where the provider was not configured. Takes at most a
   * second; Terraform waits for it.
   */
  shutdown?(client: Client): void | Promise<void>
  /** By full type name, such as `toy_server`. */
  readonly resources?: { readonly [typeName: string]: Resource<Client> }
  readonly dataSources?: { readonly [typeName: string]: DataSource<Client> }
  readonly ephemeralResources?: { readonly [typeName: string]: EphemeralResource<Client> }
  /** By the full type name of the resources they find. */
  readonly listResources?: { readonly [typeName: string]: ListResource<Client> }
  readonly actions?: { readonly [typeName: string]: Action<Client> }
  /** By the name after `provider::name::`. */
  readonly functions?: { readonly [name: string]: ProviderFunction }
}

/** A whole provider, ready for `serve`, `testProvider` and `providerSchemaJson`. */
export interface Provider {
  readonly definition: ProviderDefinition<unknown, Fields>
}
