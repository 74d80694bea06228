import { commonFields } from '../services/common-fields.ts'
import type { ServiceEntry, ServiceField } from '../services/types.ts'
import { type Fields, fieldsOf } from './fields.ts'

export type Environment = Readonly<Record<string, string | undefined>>

type Settings = { [name: string]: unknown }

/**
 * Reads the fields of a service from its settings, then from the environment. Fails with a `DnsServiceError` of kind
 * `configuration` that names the field or the environment variable.
 */
export function readSettings(entry: ServiceEntry, settings: Fields, env: Environment): Settings {
  const all: readonly ServiceField[] = [...entry.fields, ...commonFields]
  const objects = new Map<string, Fields | undefined>()
  const place = (name: string): [Fields | undefined, string] => {
    const [object, inner] = name.split('.')
    if (object === undefined || inner === undefined) return [settings, name]
    if (!objects.has(object)) objects.set(object, settings.object(object))
    return [objects.get(object), inner]
  }
  const values = new Map<string, unknown>()
  const given = new Set<string>()
  for (const field of all) {
    const [where, name] = place(field.name)
    const value = where === undefined ? undefined : read(field, where, name)
    if (value !== undefined) given.add(field.name)
    const found = value ?? fromEnvironment(entry, field, env)
    values.set(field.name, field.tidy && typeof found === 'string' ? field.tidy(found) : found)
  }
  for (const field of all) {
    if (values.get(field.name) !== undefined) continue
    const [where, name] = place(field.name)
    // A field that lies in an object is required where the object is there, or the secret beside it.
    const alone = field.name.includes('.') && where === undefined
    if (!field.required || (alone && (field.secret || !values.get(field.onlyWith ?? '')))) continue
    const scope = where ?? fieldsOf(entry.id, {}, prefixOf(field.name))
    scope.requiredText(name, hint(field))
  }
  for (const field of all) {
    if (values.get(field.name) === undefined || !field.onlyWith || values.get(field.onlyWith) !== undefined) continue
    const [where, name] = place(field.onlyWith)
    if (given.has(field.name)) where?.requiredText(name, `${field.name} is useless without it`)
    values.set(field.name, undefined)
  }
  for (const field of all) {
    const applies = field.onlyWith === undefined || values.get(field.onlyWith) !== undefined
    if (applies) values.set(field.name, values.get(field.name) ?? field.default)
  }
  settings.done()
  return nest(all, values)
}

function read(field: ServiceField, where: Fields, name: string): unknown {
  switch (field.type) {
    case 'integer':
      return where.integer(name, field.range ?? { min: 0, max: Number.MAX_SAFE_INTEGER })
    case 'list':
      return where.texts(name)
    case 'url':
      return where.url(name, { plainHttp: field.plainHttp ?? false })
    default:
      if (field.options) return where.oneOf(name, field.options)
      return field.form ? where.matching(name, field.form.pattern, field.form.expected) : where.text(name)
  }
}

function fromEnvironment(entry: ServiceEntry, field: ServiceField, env: Environment): unknown {
  const name = field.env?.find((candidate) => env[candidate])
  const text = name === undefined ? undefined : env[name]
  if (name === undefined || text === undefined) return undefined
  const plain = field.fromEnv?.(text) ?? text
  const value =
    field.type === 'integer'
      ? Number(plain)
      : field.type === 'list'
        ? plain
            .split(',')
            .map((item) => item.trim())
            .filter((item) => item !== '')
        : plain
  return read(field, fieldsOf(entry.id, { [name]: value }), name)
}

function hint({ env, help }: ServiceField): string {
  return env?.length
    ? `or set ${env.slice(0, 2).join(' or ')}`
    : help.replace(/^./, (letter) => letter.toLowerCase()).replace(/\.$/, '')
}

const prefixOf = (name: string) => (name.includes('.') ? `${name.split('.')[0]}.` : '')

/** `key.secret` as `{ key: { secret } }`; an object without a value is left out. */
function nest(all: readonly ServiceField[], values: ReadonlyMap<string, unknown>): Settings {
  const settings: Settings = {}
  for (const field of all) {
    const [object = '', inner] = field.name.split('.')
    const value = values.get(field.name)
    if (inner === undefined) settings[object] = value
    else if (value !== undefined) settings[object] = { ...(settings[object] as Settings | undefined), [inner]: value }
  }
  return settings
}
