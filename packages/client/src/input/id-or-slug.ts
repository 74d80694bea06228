/** How the API names a thing in a path: by its number, or by its slug such as `example-com`. */
export type IdOrSlug = number | string
