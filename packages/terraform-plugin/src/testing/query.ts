import { isObject } from '../encoding/raw.ts'
import type { ObjectType } from '../encoding/type.ts'
import { type MessageOf, type ResourceIdentityData, Severity } from '../protobuf/tfplugin6-values.ts'
import type { Provider } from '../provider/provider.ts'
import { fieldsFromAuthor } from '../schema/from-author.ts'
import { objectTypeOf } from '../schema/implied-type.ts'
import { fieldSpecs } from '../schema/s.ts'
import type { FieldSpecs } from '../schema/spec.ts'
import { fieldsToAuthor } from '../schema/to-author.ts'
import { compileProvider } from '../server/connection.ts'
import { objectFromWire, toWire, type WireValue } from '../server/values.ts'
import type { Address } from '../wire/handshake.ts'
import { type ReportedDiagnostic, TerraformError } from './diagnostics.ts'
import { GrpcClient } from './grpc-client.ts'

type Values = { readonly [name: string]: unknown }

export interface QueryOptions {
  /** Whether each result brings its resource, as `include_resource` of a `list` block says. */
  readonly includeResource?: boolean
  /** How many results are wanted at most. Default 100, as in Terraform. */
  readonly limit?: number
  /** The provider block. */
  readonly provider?: Values
}

export interface QueryResult {
  readonly name: string
  readonly identity: Values
  /** Null unless asked for. */
  readonly resource: Values | null
}

/** The calls of `terraform query` for one `list` block, on a provider that listens unencrypted. */
export async function query(
  provider: Provider,
  address: Address,
  typeName: string,
  config: Values,
  { includeResource = false, limit = 100, provider: settings = {} }: QueryOptions,
): Promise<{ readonly results: QueryResult[]; readonly diagnostics: ReportedDiagnostic[] }> {
  const compiled = compileProvider(provider)
  const [list, resource] = [compiled.listResources.get(typeName), compiled.resources.get(typeName)]
  const identity = fieldSpecs(resource.definition.identity?.schema ?? {})
  const diagnostics: ReportedDiagnostic[] = []
  const tell = (messages: readonly { severity?: number; summary?: string; detail?: string }[] = []) => {
    for (const { severity, summary = '', detail = '' } of messages) {
      diagnostics.push({ severity: severity === Severity.ERROR ? 'error' : 'warning', summary, detail })
    }
    if (diagnostics.some(({ severity }) => severity === 'error')) throw new TerraformError('query', diagnostics, '')
  }
  const client = await GrpcClient.connect(address.network === 'unix' ? address.path : address.port)
  try {
    const wireConfig = wire(list.fields, config)
    tell((await client.call('ValidateListResourceConfig', { type_name: typeName, config: wireConfig })).diagnostics)
    tell((await client.call('ConfigureProvider', { config: wire(compiled.config.fields, settings) })).diagnostics)
    const results: QueryResult[] = []
    const request = { type_name: typeName, config: wireConfig, include_resource_object: includeResource, limit }
    for await (const event of client.stream('ListResource', request)) {
      tell(event.diagnostic)
      const found = identityOf(event.identity, objectTypeOf(identity))
      if (!found) continue
      const state = objectFromWire(resource.type, event.resource_object)
      results.push({
        name: event.display_name ?? '',
        identity: fieldsToAuthor(identity, found) as Values,
        resource: state && (fieldsToAuthor(resource.fields, state) as Values),
      })
      if (results.length === limit) break
    }
    return { results, diagnostics }
  } finally {
    client.close()
  }
}

const wire = (fields: FieldSpecs, values: Values): WireValue =>
  toWire(objectTypeOf(fields), fieldsFromAuthor(fields, values, undefined, { known: false, partial: true }))

function identityOf(data: MessageOf<typeof ResourceIdentityData> | undefined, type: ObjectType) {
  const found = data && objectFromWire(type, data.identity_data)
  return isObject(found ?? null) ? found : undefined
}
