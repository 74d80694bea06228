import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { configSchema } from './schema.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const table = /^\| setting \|[\s\S]*?\n\n/m.exec(readme)?.[0] ?? ''

/** The settings of the README's table: `verification.stubZones`, and `.recursors` behind it in the same cell. */
function documented(): Set<string> {
  const rows = [...table.matchAll(/^\| (`[a-zA-Z.]+`(?:, `[a-zA-Z.]+`)*) \|/gm)].map(([, cell = '']) => cell)
  return new Set(
    rows.flatMap((cell) => {
      const names = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
      const section = names[0]?.split('.')[0]
      return names.map((name) => (name.startsWith('.') ? `${section}${name}` : name))
    }),
  )
}

/** The keys of the schema, two levels deep; a section is documented by its settings. */
function settings(): string[] {
  return Object.entries(configSchema.shape).flatMap(([name, schema]) => {
    const inner = shapeOf(schema)
    return inner ? Object.keys(inner).map((key) => `${name}.${key}`) : [name]
  })
}

/** The fields of an object behind defaults, refinements and the like. */
function shapeOf(schema: unknown): object | undefined {
  const { shape, def } = schema as { shape?: object; def?: { innerType?: unknown; in?: unknown } }
  if (shape) return shape
  const inner = def?.innerType ?? def?.in
  return inner ? shapeOf(inner) : undefined
}

it('is a table in the README with every setting there is, and no other', () => {
  expect(settings().length).toBeGreaterThan(12)
  expect([...documented()].sort()).toEqual(settings().sort())
})
