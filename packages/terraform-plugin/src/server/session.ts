import type { ActionDefinition } from '../provider/action.ts'
import type { DataSourceDefinition } from '../provider/data-source.ts'
import type { DeferredReason } from '../provider/defer.ts'
import type { EphemeralResourceDefinition } from '../provider/ephemeral-resource.ts'
import type { ListResourceDefinition } from '../provider/list-resource.ts'
import type { ProviderDefinition } from '../provider/provider.ts'
import type { Logger } from '../provider/request.ts'
import type { IdentityFields, ResourceDefinition } from '../provider/resource.ts'
import type { Fields } from '../schema/views.ts'
import type { AnyDefinition, Compiled, Registry } from './compiled.ts'
import type { Interruption } from './interruption.ts'
import type { Secrets } from './secrets.ts'

export type AnyResource = ResourceDefinition<unknown, Fields, IdentityFields> & AnyDefinition
export type AnyDataSource = DataSourceDefinition<unknown, Fields> & AnyDefinition
export type AnyEphemeralResource = EphemeralResourceDefinition<unknown, Fields> & AnyDefinition
export type AnyAction = ActionDefinition<unknown, Fields> & AnyDefinition
export type AnyListResource = ListResourceDefinition<unknown, Fields, Fields, IdentityFields> & AnyDefinition

/** A provider as all connections share it. */
export interface CompiledProvider {
  readonly definition: ProviderDefinition<unknown, Fields>
  readonly config: Compiled<AnyDefinition>
  readonly resources: Registry<AnyResource>
  readonly dataSources: Registry<AnyDataSource>
  readonly ephemeralResources: Registry<AnyEphemeralResource>
  /** By the type of the resources they find. */
  readonly listResources: Registry<AnyListResource>
  readonly actions: Registry<AnyAction>
}

/** Something put off to a later plan, and the sentence that says why. */
export interface Deferred {
  readonly reason: DeferredReason
  readonly why: string
}

/** What belongs to one connection, that is to one Terraform process: its configuration, its secrets, its interruption. */
export interface Session {
  readonly provider: CompiledProvider
  /** What `configure` returned. */
  client: unknown
  /** Why `configure` put off all that needs the provider, if it did. */
  deferred: Deferred | undefined
  readonly log: Logger
  readonly secrets: Secrets
  /** Stopped by StopProvider and when the connection is gone. */
  readonly interruption: Interruption
}
