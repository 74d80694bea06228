import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const files = (await readdir(import.meta.dirname, { recursive: true })).filter(
  (file) => file.endsWith('.ts') && !/\.test\.ts$|^generated|^init|^shape/.test(file),
)

it('every optional prop of the constructs states its default', async () => {
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(import.meta.dirname, file), 'utf8')
      const exported = [...text.matchAll(/^export interface (\w+)[^\n]*\{\n(.*?)^\}/gms)]
      return exported.flatMap(([, name, body = '']) =>
        [...body.matchAll(/(\/\*\*(?:(?!\*\/).)*\*\/\s*)?readonly (\w+)\?:/gs)].map(([, doc = '', prop]) => ({
          prop: `${file}: ${name}.${prop}`,
          stated: doc.includes('@default'),
        })),
      )
    }),
  )
  const props = found.flat()
  expect(props.length).toBeGreaterThan(60)
  expect(props.filter(({ stated }) => !stated).map(({ prop }) => prop)).toEqual([])
})
