import { expect, it } from 'vitest'
import { fieldSpecs, s } from './s.ts'
import { shownPath } from './shown-path.ts'

const fields = fieldSpecs({
  name: s.string().required(),
  deep: s.object({ name: s.string().optional(), in: s.object({ x: s.string().optional() }).optional() }).optional(),
  list: s.list(s.object({ name: s.string().optional() })).optional(),
  map: s.map(s.map(s.string())).optional(),
  set: s.set(s.object({ name: s.string().optional() })).optional(),
  rule: s.blockList({ name: s.string().optional(), in: s.object({ name: s.string().optional() }).optional() }),
  limit: s.block({ cpu: s.integer().optional() }),
})

it.each([
  [['name'], ['name']],
  [['deep', 'name'], ['deep']],
  [['deep', 'in', 'x'], ['deep']],
  [
    ['list', 1, 'name'],
    ['list', 1],
  ],
  [
    ['map', 'a', 'b'],
    ['map', 'a'],
  ],
  [['set', 0, 'name'], ['set']],
  [
    ['rule', 1, 'name'],
    ['rule', 1, 'name'],
  ],
  [
    ['rule', 1, 'in', 'name'],
    ['rule', 1, 'in'],
  ],
  [
    ['rule', 1],
    ['rule', 1],
  ],
  [
    ['limit', 'cpu'],
    ['limit', 'cpu'],
  ],
  [['nowhere', 'name'], []],
  [[], []],
])('of %j Terraform shows %j', (path, shown) => {
  expect(shownPath(fields, path)).toEqual(shown)
})
