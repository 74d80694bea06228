import type { Fields } from '../schema/views.ts'
import type { ActionDefinition } from './action.ts'
import type { DataSourceDefinition } from './data-source.ts'
import type { EphemeralResourceDefinition } from './ephemeral-resource.ts'
import type { FunctionDefinition, Parameter, Parameters } from './function.ts'
import type { ListResourceDefinition } from './list-resource.ts'
import type {
  Action,
  DataSource,
  EphemeralResource,
  ListResource,
  Provider,
  ProviderDefinition,
  ProviderFunction,
} from './provider.ts'
import type { IdentityFields, Resource, ResourceDefinition } from './resource.ts'

/**
 * The functions that define a provider and its parts, tied to the type of the provider's client. Every part knows the
 * types of its own schema; one `define` per provider keeps all of them on the same client.
 *
 *     const define = defineWith<ToyClient>()
 *     export const server = define.resource({ schema: { id: s.string().computed() }, ... })
 */
export function defineWith<Client = undefined>() {
  return {
    resource: <A extends Fields, I extends IdentityFields = IdentityFields>(
      definition: ResourceDefinition<Client, A, I>,
    ): Resource<Client, A, I> => erase(definition),
    dataSource: <A extends Fields>(definition: DataSourceDefinition<Client, A>): DataSource<Client> =>
      erase(definition),
    ephemeralResource: <A extends Fields>(
      definition: EphemeralResourceDefinition<Client, A>,
    ): EphemeralResource<Client> => erase(definition),
    listResource: <C extends Fields, A extends Fields, I extends IdentityFields>(
      definition: ListResourceDefinition<Client, C, A, I>,
    ): ListResource<Client> => erase(definition),
    action: <A extends Fields>(definition: ActionDefinition<Client, A>): Action<Client> => erase(definition),
    provider: <A extends Fields>(definition: ProviderDefinition<Client, A> & Configured<Client, A>): Provider =>
      erase(definition),
  }
}

/** A provider whose parts expect a client has to make one. */
type Configured<Client, A extends Fields> = [Client] extends [undefined]
  ? unknown
  : Required<Pick<ProviderDefinition<Client, A>, 'configure'>>

/** Defines a provider function (`provider::name::function(...)`, Terraform 1.8 and later). */
export function defineFunction<P extends Parameters, V extends Parameter, R extends Parameter>(
  definition: FunctionDefinition<P, V, R>,
): ProviderFunction {
  return erase(definition)
}

// The one place where exact field types are given up: a function that takes the state of one schema is stored among
// functions of any schema.
function erase<T>(definition: unknown): T {
  return { definition } as T
}
