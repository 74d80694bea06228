// Messages of package tfplugin6 that others are made of. Field names are those of the protocol definition.
import {
  bool,
  bytes,
  type Codec,
  embedded,
  int,
  message,
  optionalInt,
  optionalString,
  repeated,
  string,
} from './message.ts'

export type MessageOf<C> = C extends Codec<infer T> ? Partial<T> : never

export const Severity = { ERROR: 1, WARNING: 2 } as const
export const StringKind = { PLAIN: 0, MARKDOWN: 1 } as const
/** How a block is nested. Nested attributes use the same numbers. */
export const Nesting = { SINGLE: 1, LIST: 2, SET: 3, MAP: 4 } as const

export const Empty = message({})
export const DynamicValue = message({ msgpack: bytes(1), json: bytes(2) })
const AttributePathStep = message({
  attribute_name: optionalString(1),
  element_key_string: optionalString(2),
  element_key_int: optionalInt(3),
})
export const AttributePath = message({ steps: repeated(1, () => AttributePathStep) })
export const Diagnostic = message({
  severity: int(1),
  summary: string(2),
  detail: string(3),
  attribute: embedded(4, () => AttributePath),
})
export const FunctionError = message({ text: string(1), function_argument: optionalInt(2) })
export const RawState = message({ json: bytes(1) })
export const Timestamp = message({ seconds: int(1), nanos: int(2) })
export const Deferred = message({ reason: int(1) })
export const ClientCapabilities = message({ deferral_allowed: bool(1), write_only_attributes_allowed: bool(2) })
export const ServerCapabilities = message({
  plan_destroy: bool(1),
  get_provider_schema_optional: bool(2),
  move_resource_state: bool(3),
  generate_resource_config: bool(4),
})
/** Why a change waits for a later plan. */
export const DeferredReason = { RESOURCE_CONFIG_UNKNOWN: 1, PROVIDER_CONFIG_UNKNOWN: 2, ABSENT_PREREQ: 3 } as const

export interface AttributeMessage {
  name: string
  type: Uint8Array
  nested_type: Partial<ObjectMessage> | undefined
  description: string
  required: boolean
  optional: boolean
  computed: boolean
  sensitive: boolean
  description_kind: number
  deprecated: boolean
  write_only: boolean
  deprecation_message: string
}
export interface ObjectMessage {
  attributes: readonly Partial<AttributeMessage>[]
  nesting: number
}
export interface BlockMessage {
  version: number
  attributes: readonly Partial<AttributeMessage>[]
  block_types: readonly Partial<NestedBlockMessage>[]
  description: string
  description_kind: number
  deprecated: boolean
  deprecation_message: string
}
export interface NestedBlockMessage {
  type_name: string
  block: Partial<BlockMessage> | undefined
  nesting: number
  min_items: number
  max_items: number
}

const SchemaAttribute: Codec<AttributeMessage> = message({
  name: string(1),
  type: bytes(2),
  nested_type: embedded<ObjectMessage>(10, () => SchemaObject),
  description: string(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  description_kind: int(8),
  deprecated: bool(9),
  write_only: bool(11),
  deprecation_message: string(12),
})
const SchemaObject: Codec<ObjectMessage> = message({
  attributes: repeated<AttributeMessage>(1, () => SchemaAttribute),
  nesting: int(3),
})
const SchemaBlock: Codec<BlockMessage> = message({
  version: int(1),
  attributes: repeated<AttributeMessage>(2, () => SchemaAttribute),
  block_types: repeated<NestedBlockMessage>(3, () => SchemaNestedBlock),
  description: string(4),
  description_kind: int(5),
  deprecated: bool(6),
  deprecation_message: string(7),
})
const SchemaNestedBlock: Codec<NestedBlockMessage> = message({
  type_name: string(1),
  block: embedded<BlockMessage>(2, () => SchemaBlock),
  nesting: int(3),
  min_items: int(4),
  max_items: int(5),
})
export const Schema = message({ version: int(1), block: embedded<BlockMessage>(2, () => SchemaBlock) })
export const ActionSchema = message({ schema: embedded(1, () => Schema) })

export const FunctionParameter = message({
  name: string(1),
  type: bytes(2),
  allow_null_value: bool(3),
  allow_unknown_values: bool(4),
  description: string(5),
  description_kind: int(6),
})
const FunctionReturn = message({ type: bytes(1) })
export const FunctionSignature = message({
  parameters: repeated(1, () => FunctionParameter),
  variadic_parameter: embedded(2, () => FunctionParameter),
  return: embedded(3, () => FunctionReturn),
  summary: string(4),
  description: string(5),
  description_kind: int(6),
  deprecation_message: string(7),
})

const IdentityAttribute = message({
  name: string(1),
  type: bytes(2),
  required_for_import: bool(3),
  optional_for_import: bool(4),
  description: string(5),
})
export const ResourceIdentitySchema = message({
  version: int(1),
  identity_attributes: repeated(2, () => IdentityAttribute),
})
export const ResourceIdentityData = message({ identity_data: embedded(1, () => DynamicValue) })
