import type { ResponseOf } from '../protobuf/tfplugin6.ts'
import type { AttributeMessage, BlockMessage, NestedBlockMessage } from '../protobuf/tfplugin6-values.ts'
import type { Provider } from '../provider/provider.ts'
import { compileProvider } from './connection.ts'
import { identitySchemas, providerSchema } from './provider-schema.ts'

/** Anything JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface ProviderSchemaOptions {
  /** The provider's source address with its host, such as `registry.terraform.io/example/toy`. */
  readonly source: string
}

/**
 * The schema of a provider, exactly as `terraform providers schema -json` prints it: the input of documentation and CDKTF
 * generators. No Terraform is needed. Earlier releases leave out what they do not know: identities before 1.12, list resources
 * and actions before 1.14.
 */
export function providerSchemaJson(
  provider: Provider,
  { source }: ProviderSchemaOptions,
): { readonly [key: string]: Json } {
  const compiled = compileProvider(provider)
  const schema = providerSchema(compiled)
  return {
    format_version: '1.0',
    provider_schemas: {
      [source]: {
        provider: schemaJson(schema.provider ?? {}),
        ...section('resource_schemas', schema.resource_schemas, schemaJson),
        ...section('data_source_schemas', schema.data_source_schemas, schemaJson),
        ...section('ephemeral_resource_schemas', schema.ephemeral_resource_schemas, schemaJson),
        ...section('list_resource_schemas', schema.list_resource_schemas, schemaJson),
        ...section('functions', schema.functions, functionJson),
        ...section('resource_identity_schemas', identitySchemas(compiled), identityJson),
        ...section('action_schemas', schema.action_schemas, actionJson),
      },
    },
  }
}

type Schemas = NonNullable<ResponseOf<'GetProviderSchema'>['resource_schemas']>
type Signatures = NonNullable<ResponseOf<'GetProviderSchema'>['functions']>

type Actions = NonNullable<ResponseOf<'GetProviderSchema'>['action_schemas']>
type Identities = ReturnType<typeof identitySchemas>

const NESTING = ['invalid', 'single', 'list', 'set', 'map']

function section<T>(name: string, entries: { readonly [key: string]: T } | undefined, json: (entry: T) => Json) {
  const list = Object.entries(entries ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return list.length > 0 ? { [name]: Object.fromEntries(list.map(([key, entry]) => [key, json(entry)])) } : {}
}

const schemaJson = ({ version = 0, block = {} }: Schemas[string]): Json => ({ version, block: blockJson(block) })

/** An action has no version. */
const actionJson = ({ schema }: Actions[string]): Json => ({ block: blockJson(schema?.block ?? {}) })

const identityJson = ({ version = 0, identity_attributes = [] }: Identities[string]): Json => ({
  version,
  attributes: Object.fromEntries(
    identity_attributes.map(({ name = '', type, description, required_for_import, optional_for_import }) => [
      name,
      {
        type: typeJson(type),
        ...(description ? { description } : {}),
        ...flags({ required_for_import, optional_for_import }),
      },
    ]),
  ),
})

function blockJson({
  attributes = [],
  block_types = [],
  description,
  description_kind,
  deprecated,
}: Partial<BlockMessage>): Json {
  return {
    ...(attributes.length > 0 && { attributes: named(attributes, attributeJson) }),
    ...(block_types.length > 0 && {
      block_types: Object.fromEntries(block_types.map((block) => [block.type_name ?? '', nestedBlockJson(block)])),
    }),
    ...descriptionJson(description, description_kind),
    ...flags({ deprecated }),
  }
}

function attributeJson(attribute: Partial<AttributeMessage>): Json {
  const { type, nested_type, description, description_kind, write_only, ...rest } = attribute
  const { required, optional, computed, sensitive, deprecated } = rest
  return {
    ...(nested_type
      ? {
          nested_type: {
            attributes: named(nested_type.attributes ?? [], attributeJson),
            nesting_mode: NESTING[nested_type.nesting ?? 0] ?? '',
          },
        }
      : { type: typeJson(type) }),
    ...descriptionJson(description, description_kind),
    ...flags({ deprecated, required, optional, computed, sensitive, write_only }),
  }
}

function nestedBlockJson({ nesting = 0, block = {}, min_items, max_items }: Partial<NestedBlockMessage>): Json {
  return {
    nesting_mode: NESTING[nesting] ?? '',
    block: blockJson(block),
    ...(min_items ? { min_items } : {}),
    ...(max_items ? { max_items } : {}),
  }
}

function functionJson(signature: Signatures[string]): Json {
  const { parameters = [], variadic_parameter, return: returned, description, summary, deprecation_message } = signature
  return {
    ...(description ? { description } : {}),
    ...(summary ? { summary } : {}),
    ...(deprecation_message ? { deprecation_message } : {}),
    return_type: typeJson(returned?.type),
    ...(parameters.length > 0 && { parameters: parameters.map(parameterJson) }),
    ...(variadic_parameter && { variadic_parameter: parameterJson(variadic_parameter) }),
  }
}

function parameterJson(parameter: NonNullable<Signatures[string]['parameters']>[number]): Json {
  const { name = '', description, allow_null_value, type } = parameter
  return {
    name,
    ...(description ? { description } : {}),
    ...(allow_null_value ? { is_nullable: true } : {}),
    type: typeJson(type),
  }
}

const descriptionJson = (description = '', kind = 0) => ({
  ...(description === '' ? {} : { description }),
  description_kind: kind === 1 ? 'markdown' : 'plain',
})

const typeJson = (type: Uint8Array | undefined): Json => JSON.parse(new TextDecoder().decode(type)) as Json

const flags = (values: { readonly [name: string]: boolean | undefined }) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as { [name: string]: true }

const named = <T extends { readonly name?: string }>(list: readonly T[], json: (entry: T) => Json) =>
  Object.fromEntries(list.map((entry) => [entry.name ?? '', json(entry)]))
