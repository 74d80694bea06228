import type { ResponseOf } from '../protobuf/tfplugin6.ts'
import type { MessageOf, ResourceIdentitySchema } from '../protobuf/tfplugin6-values.ts'
import { typeOf } from '../schema/implied-type.ts'
import { fieldSpecs } from '../schema/s.ts'
import type { FieldSpec, FieldSpecs } from '../schema/spec.ts'
import { blockMessage, typeBytes } from '../schema/wire-schema.ts'
import type { AnyDefinition, Compiled, Registry } from './compiled.ts'
import { signatureOf } from './function-signature.ts'
import type { Handler } from './handler.ts'
import type { CompiledProvider } from './session.ts'

const server_capabilities = {
  plan_destroy: true,
  get_provider_schema_optional: true,
  move_resource_state: true,
  generate_resource_config: true,
}

export const getProviderSchema: Handler<'GetProviderSchema'> = ({ provider }) => providerSchema(provider)

/** The schema of everything a provider offers, as the protocol describes it. */
export function providerSchema(provider: CompiledProvider): ResponseOf<'GetProviderSchema'> {
  return {
    server_capabilities,
    provider: { block: blockMessage(configFields(provider.config.fields), about(provider.config)) },
    resource_schemas: schemas(provider.resources),
    data_source_schemas: schemas(provider.dataSources),
    ephemeral_resource_schemas: schemas(provider.ephemeralResources),
    list_resource_schemas: schemas(provider.listResources, configFields),
    action_schemas: Object.fromEntries(
      Object.entries(schemas(provider.actions, configFields)).map(([name, schema]) => [name, { schema }]),
    ),
    functions: Object.fromEntries(
      Object.entries(provider.definition.functions ?? {}).map(([name, entry]) => [name, signatureOf(entry.definition)]),
    ),
  }
}

export const getMetadata: Handler<'GetMetadata'> = ({ provider }) => ({
  server_capabilities,
  resources: provider.resources.names.map((type_name) => ({ type_name })),
  data_sources: provider.dataSources.names.map((type_name) => ({ type_name })),
  ephemeral_resources: provider.ephemeralResources.names.map((type_name) => ({ type_name })),
  list_resources: provider.listResources.names.map((type_name) => ({ type_name })),
  actions: provider.actions.names.map((type_name) => ({ type_name })),
  functions: Object.keys(provider.definition.functions ?? {}).map((name) => ({ name })),
})

export const getResourceIdentitySchemas: Handler<'GetResourceIdentitySchemas'> = ({ provider }) => ({
  identity_schemas: identitySchemas(provider),
})

/** The identities of all resources that have one. */
export function identitySchemas(provider: CompiledProvider): {
  readonly [name: string]: MessageOf<typeof ResourceIdentitySchema>
} {
  return Object.fromEntries(
    provider.resources.names.flatMap((name) => {
      const { identity } = provider.resources.get(name).definition
      if (!identity) return []
      const attributes = Object.entries(fieldSpecs(identity.schema)).flatMap(([attribute, field]) =>
        'attribute' in field ? [identityAttribute(attribute, field)] : [],
      )
      return [[name, { version: identity.version ?? 0, identity_attributes: attributes }]]
    }),
  )
}

function schemas(registry: Registry<AnyDefinition>, fieldsOf = (fields: FieldSpecs) => fields) {
  return Object.fromEntries(
    registry.names.map((name) => {
      const compiled = registry.get(name)
      return [name, { version: compiled.version, block: blockMessage(fieldsOf(compiled.fields), about(compiled)) }]
    }),
  )
}

const about = ({ definition }: Compiled<AnyDefinition>) => ({
  description: definition.description ?? '',
  deprecated: definition.deprecated ?? false,
})

/** What is configured but not planned (a provider, a list, an action): an attribute with a default is simply optional there. */
function configFields(fields: FieldSpecs): FieldSpecs {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]): [string, FieldSpec] => {
      if (!('attribute' in field)) return [name, field]
      const { required, optional } = field.attribute
      if (!required && !optional) {
        throw new TypeError(
          `${name}: nothing is computed in a provider block, a list or an action. Use .required() or .optional().`,
        )
      }
      return [name, { attribute: { ...field.attribute, computed: false } }]
    }),
  )
}

function identityAttribute(name: string, { attribute }: Extract<FieldSpec, { attribute: unknown }>) {
  return {
    name,
    type: typeBytes(typeOf(attribute.shape)),
    required_for_import: attribute.required,
    optional_for_import: !attribute.required,
    description: attribute.description,
  }
}
