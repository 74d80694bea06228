import { isDeepStrictEqual } from 'node:util'
import { decodeJsonValue } from '../encoding/json.ts'
import type { Provider } from '../provider/provider.ts'
import { fieldShape } from '../schema/field-shape.ts'
import { typeOf } from '../schema/implied-type.ts'
import { hasSpellings, sameValue } from '../schema/same-value.ts'
import type { FieldSpec, FieldSpecs } from '../schema/spec.ts'
import { compileProvider } from '../server/connection.ts'

type Values = { readonly [name: string]: unknown }

/** The schema of the resource at an address such as `module.a.toy_server.b["key"]`. */
export function fieldsOfAddress(provider: Provider, address: string): FieldSpecs {
  const [, type = ''] = /(?:^|\.)([^.]+)\.[^.[]+(?:\[.*\])?$/.exec(address) ?? []
  return compileProvider(provider).resources.get(type).fields
}

/**
 * Where an import differs from the state. What means the same by `sameAs` is no difference, nor is what the user sets for
 * Terraform alone.
 */
export function importDifferences(
  fields: FieldSpecs,
  stored: Values | undefined,
  found: Values | undefined,
  ignore: readonly string[],
): string[] {
  if (!stored || !found) return [stored ? 'It is not in the imported state.' : 'It is not in the state.']
  return Object.entries(fields)
    .filter(([name]) => name !== 'timeouts' && !ignore.includes(name))
    .filter(
      ([name, field]) => !isDeepStrictEqual(stored[name], found[name]) && !sameField(field, stored[name], found[name]),
    )
    .map(([name]) => `  ${name}: ${json(stored[name])} is stored, ${json(found[name])} was imported`)
}

function sameField(field: FieldSpec, left: unknown, right: unknown): boolean {
  const shape = fieldShape(field)
  if (!hasSpellings(shape)) return false
  const raw = (value: unknown) => decodeJsonValue(typeOf(shape), Buffer.from(json(value)))
  return sameValue(shape, raw(left), raw(right))
}

/** Digits of numbers that are no JavaScript numbers stand as they are; a type tells the rest. */
const json = (value: unknown) =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member)) ?? 'null'
