import { describe, expect, it } from 'vitest'
import { PlanCheck, StateCheck } from './checks.ts'
import type { PlannedChange } from './plan.ts'

const change = (more: Partial<PlannedChange> = {}): PlannedChange => ({
  address: 'toy_server.a',
  actions: ['no-op'],
  before: null,
  after: { enabled: true, tags: ['x'] },
  afterUnknown: {},
  replacePaths: [],
  importing: false,
  sensitive: {},
  ...more,
})

describe('checks of a plan', () => {
  it('take a changed output for a change', () => {
    const outputs = (changed: boolean) => ({ size: { after: 2, unknown: false, changed } })
    const changed = new PlanCheck([change()], outputs(true))
    expect(() => changed.expectEmpty()).toThrow('The plan is not empty: output.size.')
    expect(() => changed.expectNonEmpty()).not.toThrow()
    const same = new PlanCheck([change()], outputs(false))
    expect(() => same.expectEmpty()).not.toThrow()
    expect(() => same.expectNonEmpty()).toThrow('The plan is empty')
  })

  it('find nothing inside a value that has no such member', () => {
    const plan = new PlanCheck([change()])
    expect(() => plan.expectValue('toy_server.a', ['enabled', 'typo'], true)).toThrow('is planned as nothing')
    expect(() => plan.expectUnknown('toy_server.a', 'enabled')).toThrow('is planned as true')
    expect(new StateCheck({ resources: { a: { enabled: true } } } as never).value('a', 'enabled', 'typo')).toBe(
      undefined,
    )
    expect(new StateCheck({ resources: { a: {} } } as never).value('a', 'constructor')).toBe(undefined)
  })

  it('take what is inside an unknown or sensitive value for unknown or sensitive', () => {
    const plan = new PlanCheck([change({ afterUnknown: { login: true }, sensitive: { login: true } })])
    plan.expectUnknown('toy_server.a', 'login', 'user').expectSensitive('toy_server.a', 'login', 'user')
  })
})
