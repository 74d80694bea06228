// The calls of service tfplugin6.Provider, protocol 6.11, without those of state stores. Field names and numbers are those of
// the protocol definition, tfplugin6.proto of github.com/hashicorp/terraform-plugin-go.
import { bool, bytes, type Codec, embedded, int, map, message, optionalBytes, repeated, string } from './message.ts'
import {
  ActionSchema,
  AttributePath,
  ClientCapabilities,
  Deferred,
  Diagnostic,
  DynamicValue,
  Empty,
  FunctionError,
  FunctionSignature,
  RawState,
  ResourceIdentityData,
  ResourceIdentitySchema,
  Schema,
  ServerCapabilities,
  Timestamp,
} from './tfplugin6-values.ts'

const diagnostics = (number: number) => repeated(number, () => Diagnostic)
const value = (number: number) => embedded(number, () => DynamicValue)
const identity = (number: number) => embedded(number, () => ResourceIdentityData)
const capabilities = (number: number) => embedded(number, () => ClientCapabilities)
const deferred = (number: number) => embedded(number, () => Deferred)
const renewAt = (number: number) => embedded(number, () => Timestamp)
const schemas = (number: number) => map(number, () => Schema)

const TypeName = message({ type_name: string(1) })
const FunctionName = message({ name: string(1) })
const OnlyDiagnostics = message({ diagnostics: diagnostics(1) })
const ValidateConfig = message({
  type_name: string(1),
  config: value(2),
  client_capabilities: capabilities(3),
})
const ActionCall = message({ action_type: string(1), config: value(2), client_capabilities: capabilities(3) })
const ImportedResource = message({ type_name: string(1), state: value(2), private: bytes(3), identity: identity(4) })

export const methods = {
  GetMetadata: {
    request: Empty,
    response: message({
      server_capabilities: embedded(1, () => ServerCapabilities),
      diagnostics: diagnostics(2),
      data_sources: repeated(3, () => TypeName),
      resources: repeated(4, () => TypeName),
      functions: repeated(5, () => FunctionName),
      ephemeral_resources: repeated(6, () => TypeName),
      list_resources: repeated(7, () => TypeName),
      actions: repeated(9, () => TypeName),
    }),
  },
  GetProviderSchema: {
    request: Empty,
    response: message({
      provider: embedded(1, () => Schema),
      resource_schemas: schemas(2),
      data_source_schemas: schemas(3),
      diagnostics: diagnostics(4),
      provider_meta: embedded(5, () => Schema),
      server_capabilities: embedded(6, () => ServerCapabilities),
      functions: map(7, () => FunctionSignature),
      ephemeral_resource_schemas: schemas(8),
      list_resource_schemas: schemas(9),
      action_schemas: map(11, () => ActionSchema),
    }),
  },
  GetResourceIdentitySchemas: {
    request: Empty,
    response: message({ identity_schemas: map(1, () => ResourceIdentitySchema), diagnostics: diagnostics(2) }),
  },
  ValidateProviderConfig: {
    request: message({ config: value(1) }),
    response: message({ diagnostics: diagnostics(2) }),
  },
  ValidateResourceConfig: { request: ValidateConfig, response: OnlyDiagnostics },
  ValidateDataResourceConfig: { request: ValidateConfig, response: OnlyDiagnostics },
  ValidateEphemeralResourceConfig: { request: ValidateConfig, response: OnlyDiagnostics },
  ValidateListResourceConfig: {
    request: message({
      type_name: string(1),
      config: value(2),
      include_resource_object: value(3),
      limit: value(4),
    }),
    response: OnlyDiagnostics,
  },
  ConfigureProvider: {
    request: message({ terraform_version: string(1), config: value(2), client_capabilities: capabilities(3) }),
    response: OnlyDiagnostics,
  },
  ValidateActionConfig: {
    request: message({ action_type: string(1), config: value(2) }),
    response: OnlyDiagnostics,
  },
  PlanAction: { request: ActionCall, response: message({ diagnostics: diagnostics(1), deferred: deferred(2) }) },
  StopProvider: { request: Empty, response: message({ Error: string(1) }) },
  UpgradeResourceState: {
    request: message({ type_name: string(1), version: int(2), raw_state: embedded(3, () => RawState) }),
    response: message({ upgraded_state: value(1), diagnostics: diagnostics(2) }),
  },
  UpgradeResourceIdentity: {
    request: message({ type_name: string(1), version: int(2), raw_identity: embedded(3, () => RawState) }),
    response: message({ upgraded_identity: identity(1), diagnostics: diagnostics(2) }),
  },
  ReadResource: {
    request: message({
      type_name: string(1),
      current_state: value(2),
      private: bytes(3),
      provider_meta: value(4),
      client_capabilities: capabilities(5),
      current_identity: identity(6),
    }),
    response: message({
      new_state: value(1),
      diagnostics: diagnostics(2),
      private: bytes(3),
      deferred: deferred(4),
      new_identity: identity(5),
    }),
  },
  PlanResourceChange: {
    request: message({
      type_name: string(1),
      prior_state: value(2),
      proposed_new_state: value(3),
      config: value(4),
      prior_private: bytes(5),
      provider_meta: value(6),
      client_capabilities: capabilities(7),
      prior_identity: identity(8),
    }),
    response: message({
      planned_state: value(1),
      requires_replace: repeated(2, () => AttributePath),
      planned_private: bytes(3),
      diagnostics: diagnostics(4),
      legacy_type_system: bool(5),
      deferred: deferred(6),
      planned_identity: identity(7),
    }),
  },
  ApplyResourceChange: {
    request: message({
      type_name: string(1),
      prior_state: value(2),
      planned_state: value(3),
      config: value(4),
      planned_private: bytes(5),
      provider_meta: value(6),
      planned_identity: identity(7),
    }),
    response: message({
      new_state: value(1),
      private: bytes(2),
      diagnostics: diagnostics(3),
      legacy_type_system: bool(4),
      new_identity: identity(5),
    }),
  },
  ImportResourceState: {
    request: message({
      type_name: string(1),
      id: string(2),
      client_capabilities: capabilities(3),
      identity: identity(4),
    }),
    response: message({
      imported_resources: repeated(1, () => ImportedResource),
      diagnostics: diagnostics(2),
      deferred: deferred(3),
    }),
  },
  GenerateResourceConfig: {
    request: message({ type_name: string(1), state: value(2) }),
    response: message({ config: value(1), diagnostics: diagnostics(2) }),
  },
  MoveResourceState: {
    request: message({
      source_provider_address: string(1),
      source_type_name: string(2),
      source_schema_version: int(3),
      source_state: embedded(4, () => RawState),
      target_type_name: string(5),
      source_private: bytes(6),
      source_identity: embedded(7, () => RawState),
      source_identity_schema_version: int(8),
    }),
    response: message({
      target_state: value(1),
      diagnostics: diagnostics(2),
      target_private: bytes(3),
      target_identity: identity(4),
    }),
  },
  ReadDataSource: {
    request: message({
      type_name: string(1),
      config: value(2),
      provider_meta: value(3),
      client_capabilities: capabilities(4),
    }),
    response: message({ state: value(1), diagnostics: diagnostics(2), deferred: deferred(3) }),
  },
  OpenEphemeralResource: {
    request: message({ type_name: string(1), config: value(2), client_capabilities: capabilities(3) }),
    response: message({
      diagnostics: diagnostics(1),
      renew_at: renewAt(2),
      result: value(3),
      private: optionalBytes(4),
      deferred: deferred(5),
    }),
  },
  RenewEphemeralResource: {
    request: message({ type_name: string(1), private: optionalBytes(2) }),
    response: message({ diagnostics: diagnostics(1), renew_at: renewAt(2), private: optionalBytes(3) }),
  },
  CloseEphemeralResource: {
    request: message({ type_name: string(1), private: optionalBytes(2) }),
    response: OnlyDiagnostics,
  },
  GetFunctions: {
    request: Empty,
    response: message({ functions: map(1, () => FunctionSignature), diagnostics: diagnostics(2) }),
  },
  CallFunction: {
    request: message({ name: string(1), arguments: repeated(2, () => DynamicValue) }),
    response: message({ result: value(1), error: embedded(2, () => FunctionError) }),
  },
} as const

const Progress = message({ message: string(1) })

/** The calls that are answered with any number of messages. */
export const streams = {
  ListResource: {
    request: message({
      type_name: string(1),
      config: value(2),
      include_resource_object: bool(3),
      limit: int(4),
    }),
    response: message({
      identity: identity(1),
      display_name: string(2),
      resource_object: value(3),
      diagnostic: diagnostics(4),
    }),
  },
  InvokeAction: {
    request: ActionCall,
    response: message({
      progress: embedded(1, () => Progress),
      completed: embedded(2, () => OnlyDiagnostics),
    }),
  },
} as const

export type StreamName = keyof typeof streams
export type StreamRequestOf<S extends StreamName> = Decoded<(typeof streams)[S]['request']>
export type StreamEventOf<S extends StreamName> = Partial<Decoded<(typeof streams)[S]['response']>>

export type MethodName = keyof typeof methods
type Decoded<C> = C extends Codec<infer T> ? T : never
export type RequestOf<M extends MethodName> = Decoded<(typeof methods)[M]['request']>
export type ResponseOf<M extends MethodName> = Partial<Decoded<(typeof methods)[M]['response']>>
