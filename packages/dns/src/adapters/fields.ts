import { DnsServiceError } from '../engine/errors.ts'
import type { ServiceId } from '../engine/types.ts'
import { isObject } from './shape.ts'

/** Reads the fields of a configuration object one by one, and fails with the name of the field, never with its value. */
export interface Fields {
  text(name: string): string | undefined
  requiredText(name: string, hint?: string): string
  /** Text of a certain form; `expected` completes "NAME …" when it has another. */
  matching(name: string, form: RegExp, expected: string): string | undefined
  /** An `http` or `https` address without a final slash. Plain `http` only for loopback unless `plainHttp`. */
  url(name: string, options?: { plainHttp?: boolean }): string | undefined
  integer(name: string, range: { min: number; max: number }): number | undefined
  oneOf<const T extends string>(name: string, values: readonly T[]): T | undefined
  texts(name: string): string[] | undefined
  object(name: string): Fields | undefined
  /** Fails when a field was given that nobody asked for: a misspelt option must not be ignored silently. */
  done(): void
}

export function fieldsOf(service: ServiceId, input: unknown, path = ''): Fields {
  const broken = (name: string, expected: string) =>
    new DnsServiceError({
      service,
      kind: 'configuration',
      message: `The ${service} settings are not usable: ${`${path}${name} ${expected}`.trim()}.`,
      fix: '',
    })
  if (!isObject(input)) throw broken('', 'they must be an object')
  const source = input
  const asked = new Set<string>()
  const get = (name: string) => {
    asked.add(name)
    // Empty text stands for "not set", as it does in environments and forms.
    return source[name] === null || source[name] === '' ? undefined : source[name]
  }
  const text = (name: string): string | undefined => {
    const value = get(name)
    if (value !== undefined && typeof value !== 'string') throw broken(name, 'must be text')
    return value
  }
  const nested: Fields[] = []
  return {
    text,
    requiredText(name, hint) {
      const value = text(name)
      if (value === undefined) throw broken(name, `is missing${hint ? `; ${hint}` : ''}`)
      return value
    },
    matching(name, form, expected) {
      const value = text(name)
      if (value !== undefined && !form.test(value)) throw broken(name, expected)
      return value
    },
    url(name, { plainHttp = false } = {}) {
      const value = text(name)
      if (value === undefined) return undefined
      const url = URL.canParse(value) ? new URL(value) : undefined
      if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
        throw broken(name, 'must be an http or https address')
      if (url.username || url.password) throw broken(name, 'must not hold credentials')
      if (url.protocol === 'http:' && !plainHttp && !isLoopback(url.hostname)) {
        throw broken(name, 'must begin with https, because credentials travel along')
      }
      return value.replace(/\/+$/, '')
    },
    integer(name, { min, max }) {
      const value = get(name)
      if (value === undefined) return undefined
      if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
      throw broken(name, `must be a whole number from ${min} to ${max}`)
    },
    oneOf(name, values) {
      const value = text(name)
      if (value === undefined) return undefined
      const found = values.find((candidate) => candidate === value)
      if (found === undefined) throw broken(name, `must be one of ${values.join(', ')}`)
      return found
    },
    texts(name) {
      const value = get(name)
      if (value === undefined) return undefined
      if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
      throw broken(name, 'must be a list of texts')
    },
    object(name) {
      const value = get(name)
      if (value === undefined) return undefined
      if (!isObject(value)) throw broken(name, 'must be an object')
      const inner = fieldsOf(service, value, `${path}${name}.`)
      nested.push(inner)
      return inner
    },
    done() {
      for (const inner of nested) inner.done()
      const unknown = Object.keys(source).find((name) => !asked.has(name) && source[name] !== undefined)
      if (unknown) throw broken(unknown, `is not a setting; known are ${[...asked].join(', ')}`)
    },
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
