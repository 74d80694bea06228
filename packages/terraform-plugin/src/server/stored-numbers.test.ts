import { describe, expect, it } from 'vitest'
import { Protocol } from '../../test/support/protocol.ts'
import { parseNumber } from '../encoding/number.ts'
import { defineWith, s } from '../index.ts'

const define = defineWith()
const asked: unknown[] = []
const thing = define.resource({
  schema: {
    size: s.bigint().optional().computed(),
    disks: s.list(s.object({ gb: s.integer().optional() })).optional(),
    ratio: s.number().optional(),
  },
  create: () => ({ size: 1n }),
  read: ({ state }) => {
    asked.push(state.size)
    return state
  },
  update: ({ state }) => state,
  delete: ({ state }) => void asked.push(state.size),
  modifyPlan: ({ state }) => void asked.push(state?.size),
  validate: ({ config }) => void asked.push(config.size),
})
const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
const type_name = 'toy_thing'
const stored = (members: object) => protocol.value(type_name, { ...members })
const read = async (members: object) => {
  asked.length = 0
  const current_state = stored(members)
  const { diagnostics = [], new_state } = await protocol.call('ReadResource', { type_name, current_state })
  expect(Buffer.from(new_state?.msgpack ?? [])).toEqual(Buffer.from(current_state.msgpack ?? []))
  return diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`)
}

describe('a stored number that is not whole, where the schema has whole ones by now', () => {
  it.each([
    ['a fraction', '1.5'],
    ['a fraction of more digits than a double has', '12345678901234567890.5'],
  ])('is an error and not cut: %s', async (_, digits) => {
    expect(await read({ size: parseNumber(digits) })).toEqual([
      expect.stringMatching(
        new RegExp(`^Reading toy_thing failed: "size": Found ${digits}, expected a whole number .*upgradeState`, 's'),
      ),
    ])
    expect(asked).toEqual([])
  })

  it('is named by its place, however deep', async () => {
    expect(await read({ disks: [{ gb: 1 }, { gb: 0.5 }] })).toEqual([
      expect.stringContaining('"disks[1].gb": Found 0.5, expected a whole number within ±2^53.'),
    ])
    expect(await read({ disks: [{ gb: 2n ** 60n }] })).toEqual([
      expect.stringContaining('"disks[0].gb": Found 1152921504606846976'),
    ])
  })

  it('fails plans and deletes with the same words', async () => {
    const prior = { size: 1.5 }
    const plan = await protocol.plan(type_name, prior, { ratio: 2 }, { ...prior, ratio: 2 })
    const deletion = await protocol.plan(type_name, prior, {}, {})
    const destroyed = await protocol.call('PlanResourceChange', { type_name, prior_state: stored(prior) })
    const gone = await protocol.apply(type_name, prior, null)
    for (const { diagnostics } of [plan, deletion, destroyed, gone]) {
      expect(diagnostics?.map(({ detail }) => detail)).toEqual([expect.stringContaining('"size": Found 1.5')])
    }
    expect(protocol.read(type_name, gone.new_state)).toMatchObject(prior)
    expect(asked).not.toContain(1n)
  })

  it('is one error where the user writes it', async () => {
    asked.length = 0
    const { diagnostics } = await protocol.call('ValidateResourceConfig', { type_name, config: stored({ size: 1.5 }) })
    expect(diagnostics?.map(({ summary }) => summary)).toEqual(['Invalid value for size'])
    expect(asked).toEqual([])
  })
})

it('a stored whole number keeps all its digits', async () => {
  expect(await read({ size: 2n ** 70n, ratio: parseNumber('0.1234567890123456789'), disks: [{ gb: 1 }] })).toEqual([])
  expect(asked).toEqual([2n ** 70n])
  expect(await read({ size: 3 })).toEqual([])
  expect(asked).toEqual([3n])
})
