import { describe, expect, it } from 'vitest'
import { Protocol } from '../../test/support/protocol.ts'
import { defineWith } from '../provider/define.ts'
import { s } from '../schema/s.ts'

const define = defineWith()
const broken = (): never => {
  throw new Error('no idea')
}
const schema = {
  name: s.string().required(),
  address: s.object({ host: s.string().sameAs(broken).required() }).optional(),
  size: s.integer().optional().requiresReplaceIf(broken),
}
const thing = define.resource({
  schema,
  create: () => ({ address: { host: 'A' } }),
  read: () => ({ address: { host: 'A' } }),
  update: () => ({}),
  delete() {},
})
const protocol = () => new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
const stored = { name: 'n', address: { host: 'a' }, size: 1 }
const told = ({ diagnostics }: { readonly diagnostics?: readonly object[] | undefined }) =>
  diagnostics?.map((one) => {
    const { summary, detail, attribute } = one as {
      summary: string
      detail: string
      attribute?: { steps: { attribute_name: string }[] }
    }
    return [summary, detail.split('\n')[0], attribute?.steps.map((step) => step.attribute_name)]
  })

describe('a rule of an attribute that throws', () => {
  it('is an error at the attribute while planning', async () => {
    const toy = protocol()
    expect(told(await toy.plan('toy_thing', stored, { ...stored, size: 2 }))).toEqual([
      ['Planning toy_thing failed', 'requiresReplaceIf of "size" threw an error: no idea', ['size']],
    ])
    const answer = await toy.plan('toy_thing', stored, { ...stored, address: { host: 'A' } })
    expect(told(answer)).toEqual([
      ['Planning toy_thing failed', 'sameAs of "address.host" threw an error: no idea', ['address']],
    ])
    expect(toy.logs.join()).toContain('no idea')
  })

  it('is an error at the attribute after a create, whose object is kept', async () => {
    const toy = protocol()
    const answer = await toy.apply('toy_thing', null, stored)
    expect(told(answer)).toEqual([
      ['Applying toy_thing failed', 'sameAs of "address.host" threw an error: no idea', ['address']],
    ])
    expect(toy.read('toy_thing', answer.new_state)).toMatchObject({ name: 'n', address: { host: 'a' } })
  })

  it('is an error at the attribute while reading', async () => {
    const toy = protocol()
    const answer = await toy.call('ReadResource', {
      type_name: 'toy_thing',
      current_state: toy.value('toy_thing', stored),
    })
    expect(told(answer)).toEqual([
      ['Reading toy_thing failed', 'sameAs of "address.host" threw an error: no idea', ['address']],
    ])
  })
})
