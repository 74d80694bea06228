import { join } from 'node:path'
import type { ServiceEntry, ServiceField } from '../src/services/types.ts'

const program = join(import.meta.dirname, 'exec-program.mjs')

/** A value that a field takes, as the environment has it. */
export function sampleValue(field: ServiceField): string {
  if (field.name === 'command') return `${process.execPath},${program}`
  if (field.options) return field.options[0] ?? ''
  if (field.type === 'integer') return `${field.range?.min ?? 1}`
  if (field.type === 'url') return 'https://127.0.0.1:1'
  return field.form?.pattern.test('c2VjcmV0') === false ? 'sample' : 'c2VjcmV0'
}

/** The settings an adapter cannot do without, as a JSON file has them. */
export function leastSettings(entry: ServiceEntry): { [name: string]: unknown } {
  const special: { [id: string]: object } = {
    google: { project: 'p', accessToken: 'a' },
    azure: { accessToken: 'a' },
    ovh: { accessToken: 'a' },
    exec: { command: [process.execPath, program] },
  }
  const required = entry.fields.filter(({ required, name }) => required && !name.includes('.'))
  return {
    type: entry.id,
    ...Object.fromEntries(required.map((field) => [field.name, sampleValue(field)])),
    ...special[entry.id],
  }
}
