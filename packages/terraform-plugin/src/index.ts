export { type Dynamic, dynamic } from './encoding/dynamic.ts'
export type { JsonValue } from './encoding/json.ts'
export type { Type } from './encoding/type.ts'
export { isKnown, isSet, Unknown } from './encoding/unknown.ts'
export type { ActionDefinition, InvokeRequest } from './provider/action.ts'
export * from './provider/attribute-combinations.ts'
export type { DataSourceDefinition } from './provider/data-source.ts'
export type { Deferrable, DeferrableContext, DeferredReason } from './provider/defer.ts'
export { defineFunction, defineWith } from './provider/define.ts'
export { DiagnosticError } from './provider/diagnostic-error.ts'
export type { EphemeralResourceDefinition } from './provider/ephemeral-resource.ts'
export { ArgumentError, type FunctionDefinition } from './provider/function.ts'
export type { Listed, ListRequest, ListResourceDefinition } from './provider/list-resource.ts'
export type {
  Action,
  DataSource,
  EphemeralResource,
  ListResource,
  Provider,
  ProviderDefinition,
  ProviderFunction,
} from './provider/provider.ts'
export type * from './provider/request.ts'
export {
  type CreateRequest,
  type DeleteRequest,
  type IdentityFields,
  type ImportRequest,
  type ModifyPlanRequest,
  type MoveRequest,
  type ReadRequest,
  type Resource,
  type ResourceDefinition,
  type StateUpgrade,
  stateUpgrade,
  type Timeouts,
  type UpdateRequest,
  type Validate,
  type ValidateRequest,
} from './provider/resource.ts'
export type { Attribute } from './schema/attribute.ts'
export type { Block } from './schema/block.ts'
export { parseDuration } from './schema/duration.ts'
export type { Path } from './schema/path.ts'
export { s } from './schema/s.ts'
export type { PlanModifier, Sameness, Validator, ValidatorContext } from './schema/spec.ts'
export * from './schema/validators.ts'
export type {
  ConfigOf,
  FieldRole,
  Fields,
  InputOf,
  Leaf,
  ListViews,
  MapViews,
  ObjectViews,
  OptionalViews,
  PartialOf,
  PlanOf,
  ProposedOf,
  ResultOf,
  Role,
  SettingsOf,
  StateOf,
  StructViews,
  TupleViews,
  Views,
} from './schema/views.ts'
export { type ProviderSource, type ServeOptions, serve } from './serve.ts'
export { providerSchemaJson } from './server/schema-json.ts'
