import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { routes } from '../routes.ts'

it('has a method that calls each route', () => {
  const sources = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^routes\.ts$|^contract/.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8'))
    .join('\n')
  const called = (name: string) => new RegExp(`'${name}'`).test(sources)
  expect(Object.keys(routes).filter((name) => !called(name))).toEqual([])
})
