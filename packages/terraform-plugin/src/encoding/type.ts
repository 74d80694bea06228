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
