import type { ServiceField } from './types.ts'

/** What a field is and what counts where it is not set, as Markdown. */
export function describeField(field: ServiceField): string {
  const otherwise = field.default === undefined ? field.fallback : `\`${field.default}\``
  const variables = (field.env ?? []).map((name) => `\`${name}\``)
  const defaults = [variables.join(' or '), otherwise].filter((text) => text)
  return [
    field.help,
    ...(field.options ? [`One of ${field.options.map((option) => `\`${option}\``).join(', ')}.`] : []),
    ...(defaults.length > 0 ? [`Default: ${defaults.join(', else ')}.`] : []),
  ].join(' ')
}

/** `keySecret` and `key.secret` as `key_secret`. */
export const snakeCase = (name: string): string =>
  name.replace('.', '_').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
