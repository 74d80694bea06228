/**
 * A Terraform type constraint in the JSON form the protocol uses: `"string"`, `["map","string"]`,
 * `["object",{"a":"number"}]`. The optional third member of an object names its optional attributes.
 */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['tuple', readonly Type[]]
  | ObjectType

export type ObjectType = readonly ['object', { readonly [name: string]: Type }, (readonly string[])?]

const utf8 = new TextDecoder()

/** Reads a type constraint from JSON bytes. Throws on anything that is none. */
export function parseType(bytes: Uint8Array): Type {
  const type: unknown = JSON.parse(utf8.decode(bytes))
  if (!isType(type)) throw new TypeError(`${utf8.decode(bytes)} is no Terraform type`)
  return type
}

function isType(value: unknown): value is Type {
  if (typeof value === 'string') return ['string', 'number', 'bool', 'dynamic'].includes(value)
  if (!Array.isArray(value)) return false
  const [kind, inner] = value
  if (kind === 'list' || kind === 'set' || kind === 'map') return isType(inner)
  if (kind === 'tuple') return Array.isArray(inner) && inner.every(isType)
  return kind === 'object' && typeof inner === 'object' && inner !== null && Object.values(inner).every(isType)
}
