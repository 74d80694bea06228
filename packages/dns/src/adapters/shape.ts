import { DnsServiceError } from '../engine/errors.ts'
import type { ServiceId } from '../engine/types.ts'

export type JsonObject = Record<string, unknown>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Readers for one service's answers: a missing or mistyped field ends in `bad-answer`, with the field's name. */
export function shapesOf(service: ServiceId) {
  const broken = (what: string) =>
    new DnsServiceError({
      service,
      kind: 'bad-answer',
      message: `The answer of ${service} lacks ${what}.`,
      fix: 'Check the address of the API; if it is right, report this with the version of this package.',
    })
  return {
    object(value: unknown, what: string): JsonObject {
      if (!isObject(value)) throw broken(what)
      return value
    },
    list(value: unknown, what: string): JsonObject[] {
      if (!Array.isArray(value) || !value.every(isObject)) throw broken(what)
      return value
    },
    text(source: JsonObject, field: string): string {
      const value = source[field]
      if (typeof value !== 'string') throw broken(`the text "${field}"`)
      return value
    },
    number(source: JsonObject, field: string): number {
      const value = source[field]
      if (typeof value !== 'number') throw broken(`the number "${field}"`)
      return value
    },
    texts(value: unknown): string[] {
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
    },
  }
}
