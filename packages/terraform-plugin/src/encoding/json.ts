/** JSON as read by `parseJson`: numbers that a double cannot hold exactly are bigint, or a `NumberText`. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }
