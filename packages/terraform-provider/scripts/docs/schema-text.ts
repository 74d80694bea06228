/** The parts of `terraform providers schema -json` that the pages show. */
export interface Attribute {
  readonly type?: unknown
  readonly nested_type?: { readonly attributes: { readonly [name: string]: Attribute }; readonly nesting_mode: string }
  readonly description?: string
  readonly required?: boolean
  readonly optional?: boolean
  readonly computed?: boolean
  readonly sensitive?: boolean
  readonly write_only?: boolean
}

export interface Block {
  readonly attributes?: { readonly [name: string]: Attribute }
  readonly block_types?: { readonly [name: string]: { readonly nesting_mode: string; readonly block: Block } }
  readonly description?: string
}

/** Attributes by who sets them, nested ones below their parent. */
export function blockText({ attributes = {}, block_types = {} }: Block): string {
  const entries = Object.entries(attributes)
  const groups = [
    ['Required', entries.filter(([, { required }]) => required)],
    ['Optional', entries.filter(([, { optional }]) => optional)],
    ['Read-only', entries.filter(([, { required, optional }]) => !required && !optional)],
  ] as const
  const lists = groups
    .filter(([, list]) => list.length > 0)
    .map(([title, list]) => `### ${title}\n\n${list.map(([name, one]) => line(name, one, '')).join('')}\n`)
  const blocks = Object.entries(block_types).map(
    ([name, { block }]) => `- \`${name}\` (Block) ${block.description ?? ''}\n${nested(block.attributes ?? {}, '  ')}`,
  )
  return `${lists.join('')}${blocks.length > 0 ? `### Blocks\n\n${blocks.join('')}\n` : ''}`
}

/** `settable`: whether it stands among what users set, so that what they cannot set has to be marked. */
function line(name: string, attribute: Attribute, indent: string, settable = false): string {
  const { nested_type, description = '', sensitive, write_only, required, optional } = attribute
  const own = Boolean(required || optional)
  const kind = nested_type ? nestedTypeText(nested_type.nesting_mode) : typeText(attribute.type)
  const marks = [kind, settable && !own && 'Read-only', sensitive && 'Sensitive', write_only && 'Write-only']
    .filter(Boolean)
    .join(', ')
  return `${indent}- \`${name}\` (${marks}) ${description}\n${nested_type ? nested(nested_type.attributes, `${indent}  `, own) : ''}`
}

function nested(attributes: { readonly [name: string]: Attribute }, indent: string, settable = false): string {
  const order = ({ required, optional }: Attribute) => (required ? 0 : optional ? 1 : 2)
  return Object.entries(attributes)
    .sort(([a, one], [b, other]) => order(one) - order(other) || (a < b ? -1 : 1))
    .map(([name, one]) =>
      line(one.required ? `${name}\`, \`required` : name, one, indent, settable).replace(
        '`, `required`',
        '`, required',
      ),
    )
    .join('')
}

const nestedTypeText = (mode: string) => (mode === 'single' ? 'Object' : `${capital(mode)} of Object`)

function typeText(type: unknown): string {
  if (typeof type === 'string')
    return { string: 'String', bool: 'Boolean', number: 'Number', dynamic: 'Any' }[type] ?? type
  if (!Array.isArray(type)) return 'Any'
  const [kind, inner] = type as [string, unknown]
  if (kind === 'object')
    return `Object: ${Object.keys(inner as object)
      .map((name) => `\`${name}\``)
      .join(', ')}`
  return `${capital(kind)} of ${typeText(inner)}`
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

interface Signature {
  readonly description?: string
  readonly summary?: string
  readonly return_type: unknown
  readonly parameters?: readonly { readonly name: string; readonly type: unknown; readonly description?: string }[]
}

export function functionText(name: string, { parameters = [], return_type }: Signature): string {
  const list = parameters.map(
    ({ name, type, description = '' }) => `- \`${name}\` (${typeText(type)}) ${description}\n`,
  )
  const signature = `${name}(${parameters.map(({ name, type }) => `${name} ${typeText(type).toLowerCase()}`).join(', ')})`
  return `## Signature\n\n\`\`\`text\n${signature}\n\`\`\`\n\n### Arguments\n\n${list.join('')}\n### Returns\n\n${typeText(return_type)}\n`
}
