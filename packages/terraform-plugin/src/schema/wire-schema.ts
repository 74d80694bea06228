import {
  type AttributeMessage,
  type BlockMessage,
  type NestedBlockMessage,
  Nesting,
  StringKind,
} from '../protobuf/tfplugin6-values.ts'
import { nestedFields } from './field-shape.ts'
import { typeOf } from './implied-type.ts'
import type { AttributeSpec, BlockSpec, FieldSpecs } from './spec.ts'

const NESTING = { single: Nesting.SINGLE, list: Nesting.LIST, set: Nesting.SET, map: Nesting.MAP }

const utf8 = new TextEncoder()
export const typeBytes = (type: unknown): Uint8Array => utf8.encode(JSON.stringify(type))

/** A description, said to be Markdown. An empty one has no kind, as Terraform's own frameworks send it. */
export const described = (description: string) =>
  description === '' ? {} : { description, description_kind: StringKind.MARKDOWN }

/** Attributes and blocks as the protocol describes them, in the order of their names. */
export function blockMessage(
  fields: FieldSpecs,
  about: { description: string; deprecated: boolean; deprecation?: string },
): Partial<BlockMessage> {
  const attributes: Partial<AttributeMessage>[] = []
  const blocks: Partial<NestedBlockMessage>[] = []
  for (const [name, field] of Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if ('attribute' in field) attributes.push(attributeMessage(name, field.attribute))
    else blocks.push(nestedBlockMessage(name, field.block))
  }
  return {
    attributes,
    block_types: blocks,
    deprecated: about.deprecated,
    deprecation_message: about.deprecation ?? '',
    ...described(about.description),
  }
}

function attributeMessage(name: string, spec: AttributeSpec): Partial<AttributeMessage> {
  const nested = nestedFields(spec.shape)
  return {
    name,
    required: spec.required,
    optional: spec.optional,
    computed: spec.computed,
    sensitive: spec.sensitive,
    deprecated: spec.deprecated,
    deprecation_message: spec.deprecation,
    write_only: spec.writeOnly,
    ...described(spec.description),
    ...(nested
      ? {
          nested_type: {
            nesting: NESTING[nested.nesting],
            attributes: blockMessage(nested.fields, { description: '', deprecated: false }).attributes ?? [],
          },
        }
      : { type: typeBytes(typeOf(spec.shape)) }),
  }
}

function nestedBlockMessage(name: string, spec: BlockSpec): Partial<NestedBlockMessage> {
  return {
    type_name: name,
    nesting: NESTING[spec.nesting],
    min_items: spec.min,
    max_items: spec.max,
    block: blockMessage(spec.fields, spec),
  }
}
