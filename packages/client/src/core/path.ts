import { InvalidArgumentError } from './errors.ts'

/** Values of the path parameters, by name. */
export type Params = Readonly<Record<string, string | number>>
/** Query parameters; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** Fills a route's template. A value can never change the shape of the path. */
export function fillPath(template: string, params: Params): string {
  return template.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    const given = value === undefined ? '' : String(value).trim()
    // URL parsers resolve "." and "..", which percent-encoding leaves alone: DELETE …/domains/.. would hit the account.
    // Letters, digits, dots, dashes and underscores are all that ids, slugs and domain names are made of; a source of reports is
    // named `source:192.0.2.0/24`.
    if (!(name === 'source' ? /^(?:source|domain):[^\p{C}]+$/u : /^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u).test(given)) {
      throw new InvalidArgumentError(
        `${name} must be ${name === 'source' ? 'the id of a source, such as source:example.net' : 'a numeric id or a slug such as example-com'}, found ${JSON.stringify(value) ?? 'nothing'}`,
      )
    }
    return encodeURIComponent(given)
  })
}

export function queryText(query: Query): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  const text = search.toString()
  return text && `?${text}`
}
