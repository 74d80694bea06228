import { describe, expect, it } from 'vitest'
import { rawObject, type UnknownValue } from '../encoding/raw.ts'
import { checkFields } from '../schema/check-fields.ts'
import { fieldSpecs, s } from '../schema/s.ts'
import type { Fields } from '../schema/views.ts'
import { applyModifiers, markUnknown, replacements } from './plan-values.ts'

const disk = {
  name: s.string().required(),
  size: s.integer().optional().requiresReplace(),
  id: s.string().computed().useStateForUnknown(),
}
const keyed = fieldSpecs({ disks: s.list(s.object(disk)).optional().elementKey('name') })

const element = (name: string, id: string | null | typeof UnknownValue.plain, size: number | null = null) =>
  rawObject([
    ['name', name],
    ['size', size],
    ['id', id as never],
  ])
const disks = (...elements: ReturnType<typeof element>[]) => rawObject([['disks', elements]])

/** The ids that a plan keeps for these names, where these were stored. */
function planned(stored: [string, string][], wanted: string[]): (string | undefined)[] {
  const prior = disks(...stored.map(([name, id]) => element(name, id)))
  const config = disks(...wanted.map((name) => element(name, null)))
  // Terraform proposes stored values by position.
  const proposed = disks(...wanted.map((name, index) => element(name, stored[index]?.[1] ?? null)))
  const plan = applyModifiers(keyed, { config, prior, plan: markUnknown(keyed, { config, prior, plan: proposed }) })
  return (plan.disks as unknown as { id: unknown }[]).map(({ id }) => (typeof id === 'string' ? id : undefined))
}

describe('elements of a list with a key', () => {
  it('keep their stored values when one is added, removed or moved', () => {
    const stored: [string, string][] = [
      ['a', 'id-a'],
      ['b', 'id-b'],
    ]
    expect(planned(stored, ['new', 'a', 'b'])).toEqual([undefined, 'id-a', 'id-b'])
    expect(planned(stored, ['b', 'a'])).toEqual(['id-b', 'id-a'])
    expect(planned(stored, ['b'])).toEqual(['id-b'])
  })

  it('keep nothing where a key occurs twice', () => {
    expect(
      planned(
        [
          ['a', '1'],
          ['a', '2'],
        ],
        ['a'],
      ),
    ).toEqual([undefined])
  })

  it('replace the resource for a change of their own and not for a new position', () => {
    const prior = disks(element('a', '1', 10), element('b', '2', 20))
    const moved = disks(element('b', '2', 20), element('a', '1', 10))
    expect(replacements(keyed, { config: moved, prior, plan: moved })).toEqual([])
    const changed = disks(element('b', '2', 21), element('a', '1', 10))
    expect(replacements(keyed, { config: changed, prior, plan: changed })).toEqual([['disks', 0, 'size']])
    const removed = disks(element('a', '1', 10))
    expect(replacements(keyed, { config: removed, prior, plan: removed })).toEqual([['disks']])
  })
})

describe('a schema fails on', () => {
  it.each<[string, object, RegExp]>([
    [
      'kept values in a list without a key',
      { disks: s.list(s.object(disk)).optional() },
      /toy\.disks\.id: useStateForUnknown\(\) inside a list .*elementKey/,
    ],
    ['kept values in a block list without a key', { disks: s.blockList(disk) }, /toy\.disks\.id: useStateForUnknown/],
    [
      'kept values deep below a list without a key',
      { disks: s.list(s.object({ inner: s.object({ id: disk.id }).optional() })).optional() },
      /toy\.disks\.inner\.id: useState/,
    ],
    [
      'a key that is not in the elements',
      { disks: s.list(s.object(disk)).optional().elementKey('nmae') },
      /elementKey "nmae" is not a required/,
    ],
    [
      'a key that may be null',
      { disks: s.list(s.object(disk)).optional().elementKey('size') },
      /elementKey "size" is not a required/,
    ],
    ['a key of a map', { disks: s.map(s.object(disk)).optional().elementKey('name') }, /elementKey is for lists/],
  ])('%s', (_, fields, message) => {
    expect(() => checkFields('toy', fieldSpecs(fields as Fields))).toThrow(message)
  })

  it('nothing where a key is declared, or a set or map tells elements apart', () => {
    const fields = {
      a: s.blockList(disk, { elementKey: 'name' }),
      b: s.map(s.object(disk)).optional(),
      c: s.set(s.object(disk)).optional(),
    }
    expect(() => checkFields('toy', fieldSpecs(fields))).not.toThrow()
  })
})
