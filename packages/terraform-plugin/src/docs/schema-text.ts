import type { Type } from '../encoding/type.ts'
import { fieldShape, type Nested, nestedFields } from '../schema/field-shape.ts'
import { typeOf } from '../schema/implied-type.ts'
import type { AttributeSpec, BlockSpec, FieldSpec, FieldSpecs } from '../schema/spec.ts'
import { codeSpan } from './code.ts'

// The schema part of a page, in the layout of tfplugindocs: attributes by who sets them, nested ones in sections of their own.

/** The heading of a group, and the fields of a schema that belong there. */
type Groups = readonly (readonly [title: string, fields: readonly [string, FieldSpec][]])[]

interface Section {
  readonly path: readonly string[]
  readonly anchor: string
  readonly fields: FieldSpecs
}

export interface SchemaTextOptions {
  /** Whether what is neither required nor optional is left out, as where nothing is computed. */
  readonly settableOnly?: boolean
}

/** Attributes and blocks of a schema as Markdown, with a section for each that has nested ones. */
export function schemaText(fields: FieldSpecs, options: SchemaTextOptions = {}): string {
  const sections: Section[] = []
  const top = groupsOf(fields, options)
    .map(([title, list]) => `### ${title}\n\n${list.map((field) => line(field, [], sections)).join('')}`)
    .join('\n')
  let nested = ''
  // Sections are found while others are written.
  for (const section of sections) nested += sectionText(section, sections)
  return `## Schema\n\n${top}${nested}`
}

function sectionText({ path, anchor, fields }: Section, sections: Section[]): string {
  const groups = groupsOf(fields, {}).map(
    ([title, list]) => `${title}:\n\n${list.map((field) => line(field, path, sections)).join('')}`,
  )
  return `\n<a id="${anchor}"></a>\n### Nested Schema for \`${path.join('.')}\`\n\n${groups.join('\n')}`
}

function groupsOf(fields: FieldSpecs, { settableOnly }: SchemaTextOptions): Groups {
  const entries = Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1))
  const groups: Groups = [
    ['Required', entries.filter(([, field]) => roleOf(field) === 'required')],
    ['Optional', entries.filter(([, field]) => roleOf(field) === 'optional')],
    ['Read-Only', settableOnly ? [] : entries.filter(([, field]) => roleOf(field) === 'read-only')],
  ]
  return groups.filter(([, list]) => list.length > 0)
}

function roleOf(field: FieldSpec): 'required' | 'optional' | 'read-only' {
  if ('block' in field) return field.block.min > 0 ? 'required' : 'optional'
  const { required, optional } = field.attribute
  return required ? 'required' : optional ? 'optional' : 'read-only'
}

function line([name, field]: readonly [string, FieldSpec], path: readonly string[], sections: Section[]): string {
  const spec = 'attribute' in field ? field.attribute : field.block
  const nested = nestedFields(fieldShape(field))
  const words = [spec.description.trim(), defaultText(spec), deprecationText(spec)].filter(Boolean)
  if (nested) {
    const at = [...path, name]
    const anchor = `${'attribute' in field ? 'nestedatt' : 'nestedblock'}--${at.join('--')}`
    sections.push({ path: at, anchor, fields: nested.fields })
    words.push(`(see [below for nested schema](#${anchor}))`)
  }
  return listItem('- ', `\`${name}\` (${marks(field, nested)})`, words)
}

/**
 * An item of a Markdown list. Further paragraphs belong to it only if they are indented as far as its text; where there are some,
 * what follows is a paragraph of its own.
 */
export function listItem(marker: string, head: string, [first = '', ...rest]: readonly string[]): string {
  const between = /\n\s*\n/.test(first) ? '\n\n' : ' '
  const text = [`${head} ${first}`.trim(), rest.join(' ')].filter(Boolean).join(between)
  return `${marker}${text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(marker.length)}`)}\n`
}

function marks(field: FieldSpec, nested: Nested | undefined): string {
  if ('block' in field) {
    const { min, max, nesting } = field.block
    const limits = [min > 0 && nesting !== 'single' && `Min: ${min}`, max > 0 && nesting !== 'single' && `Max: ${max}`]
    return [`Block${NESTING[nesting]}`, ...limits].filter(Boolean).join(', ')
  }
  const { attribute } = field
  return [
    nested ? `Attributes${NESTING[nested.nesting]}` : typeText(typeOf(attribute.shape)),
    attribute.sensitive && 'Sensitive',
    attribute.deprecated && 'Deprecated',
    attribute.writeOnly && `[Write-only](${WRITE_ONLY})`,
  ]
    .filter(Boolean)
    .join(', ')
}

const NESTING = { single: '', list: ' List', set: ' Set', map: ' Map' } as const
const WRITE_ONLY = 'https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments'

/** A default that the description does not mention, that fits into a line and is no secret. */
function defaultText(spec: AttributeSpec | BlockSpec): string {
  if (!('default' in spec) || !spec.default || spec.sensitive || /\bdefaults?\b/i.test(spec.description)) return ''
  const { value } = spec.default
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value)
  return text !== undefined && text.length <= 80 ? `Default: ${codeSpan(text)}.` : ''
}

const deprecationText = ({ deprecated, deprecation }: AttributeSpec | BlockSpec) =>
  deprecated && deprecation !== '' ? `**Deprecated:** ${deprecation}` : ''

/** A type in the words of tfplugindocs. */
export function typeText(type: Type): string {
  if (typeof type === 'string') return SIMPLE[type]
  const [kind, inner] = type
  if (kind === 'object') {
    const members = Object.entries(inner as { readonly [name: string]: Type })
    return `Object: ${members.map(([name, member]) => `\`${name}\` ${typeText(member)}`).join(', ')}`
  }
  if (kind === 'tuple') return `Tuple of ${(inner as readonly Type[]).map(typeText).join(', ')}`
  return `${kind[0]?.toUpperCase()}${kind.slice(1)} of ${typeText(inner as Type)}`
}

const SIMPLE = { string: 'String', number: 'Number', bool: 'Boolean', dynamic: 'Dynamic' } as const
