import { describe, expect, it } from 'vitest'
import { type RawObject, rawObject, type UnknownValue } from '../encoding/raw.ts'
import { checkFields } from '../schema/check-fields.ts'
import { fieldsFromAuthor } from '../schema/from-author.ts'
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
    expect(planned([['a', '1']], ['a', 'a'])).toEqual([undefined, undefined])
  })

  it('are the same in another spelling of the key', () => {
    const fields = fieldSpecs({
      hosts: s
        .list(s.object({ host: s.domainName().required(), id: s.string().computed().useStateForUnknown() }))
        .elementKey('host')
        .optional(),
    })
    const hosts = (...list: [string, string | null][]) =>
      rawObject([
        [
          'hosts',
          list.map(([host, id]) =>
            rawObject([
              ['host', host],
              ['id', id],
            ]),
          ),
        ],
      ])
    const prior = hosts(['A.example', 'id-a'], ['B.example', 'id-b'])
    const config = hosts(['b.example', null], ['a.example', null])
    const plan = applyModifiers(fields, { config, prior, plan: markUnknown(fields, { config, prior, plan: config }) })
    expect(plan).toEqual(hosts(['b.example', 'id-b'], ['a.example', 'id-a']))
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

describe('what an author returns for a list with a key', () => {
  const fields = fieldSpecs({
    hosts: s
      .list(
        s.object({
          host: s.domainName().required(),
          note: s.string().optional(),
          wait: s.duration().optional(),
          id: s.string().computed(),
        }),
      )
      .optional()
      .elementKey('host'),
    disks: s.blockList(disk, { elementKey: 'name' }),
  })
  const host = (name: string, note: string, wait: string, id: string) =>
    rawObject([
      ['host', name],
      ['note', note],
      ['wait', wait],
      ['id', id],
    ])
  const stored = rawObject([
    ['hosts', [host('A.example', 'of a', '90s', 'id-a'), host('B.example', 'of b', '60s', 'id-b')]],
    ['disks', [element('a', 'id-a', 10), element('b', 'id-b', 20)]],
  ])
  const read = (value: object) => fieldsFromAuthor(fields, value, stored, { known: true })

  it('is completed from the element of the same key, in its spelling', () => {
    expect(read({ hosts: [{ host: 'b.example', wait: '1m', id: 'id-b' }] }).hosts).toEqual([
      host('B.example', 'of b', '60s', 'id-b'),
    ])
    expect(read({ disks: [{ name: 'b' }, { name: 'a' }] }).disks).toEqual([
      element('b', 'id-b', 20),
      element('a', 'id-a', 10),
    ])
  })

  it('takes nothing from another element', () => {
    const [found] = read({ hosts: [{ host: 'new.example', id: 'id-n' }] }).hosts as readonly RawObject[]
    expect(found).toMatchObject({ host: 'new.example', note: null, wait: null, id: 'id-n' })
    expect(() => read({ disks: [{ name: 'new' }] })).toThrow('The value is null')
  })

  it('may leave out the key, and may repeat one where nothing moved', () => {
    expect(read({ hosts: [{ id: 'id-1' }, { id: 'id-2' }] }).hosts).toMatchObject([
      { host: 'A.example', id: 'id-1' },
      { host: 'B.example', id: 'id-2' },
    ])
    const twice = rawObject([
      ['hosts', null],
      ['disks', [element('a', '1', 10), element('a', '2', 20)]],
    ])
    const value = { disks: [{ name: 'a' }, { name: 'a' }] }
    expect(fieldsFromAuthor(fields, value, twice, { known: true })).toEqual(twice)
  })
})

describe('a schema fails on', () => {
  it.each<[string, object, RegExp]>([
    [
      'kept values in a list without a key',
      { disks: s.list(s.object(disk)).optional() },
      /toy\.disks\.id: useStateForUnknown\(\) inside a list .*elementKey/,
    ],
    [
      "a rule of the author's in a list without a key",
      {
        disks: s
          .list(
            s.object({
              id: s
                .string()
                .computed()
                .modifyPlan(() => undefined),
            }),
          )
          .optional(),
      },
      /toy\.disks\.id: modifyPlan\(\) inside a list .*elementKey/,
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
