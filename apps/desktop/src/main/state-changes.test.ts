import { describe, expect, it } from 'vitest'
import { state } from '../../test/fake-bridge.ts'
import { domain } from '../../test/fixtures.ts'
import { applyChange } from '../shared/state-change.ts'
import { StateChanges } from './state-changes.ts'

const many = Array.from({ length: 500 }, (_, index) => domain(`d${index}.example`, 'ready', { domainId: index }))

describe('what the window is sent', () => {
  it('is only the domain that changed, of five hundred', () => {
    const changes = new StateChanges()
    const before = state({ domains: many })
    changes.whole(before)
    const broken = domain('d7.example', 'attention', { domainId: 7 })
    // A list makes every domain anew, whether it changed or not.
    const after = state({ domains: structuredClone(many).with(7, broken) })
    const change = changes.next(after)
    expect(change.domains).toEqual({ changed: [broken] })
    expect(applyChange(before, 0, change)?.domains).toEqual(after.domains)
  })

  it('has the order of the domains only where it differs, and leaves out what is gone', () => {
    const changes = new StateChanges()
    const before = state({ domains: many.slice(0, 3) })
    changes.whole(before)
    const after = state({ domains: [many[2], many[0]].filter((each) => each !== undefined) })
    const change = changes.next(after)
    expect(change.domains?.changed).toEqual([])
    expect(applyChange(before, 0, change)?.domains).toEqual(after.domains)
  })

  it('has the parts that changed, and says which are gone', () => {
    const changes = new StateChanges()
    const job = { id: 'j', phase: 'confirm', domains: [], undoable: false } as const
    const before = state({ job })
    changes.whole(before)
    const { job: _closed, ...after } = state({ version: '2' })
    const change = changes.next(after)
    expect(Object.keys(change.parts).sort()).toContain('version')
    expect(change.parts.job).toBeNull()
    expect(applyChange(before, 0, change)?.job).toBeUndefined()
  })

  it('is asked for whole where a change was missed', () => {
    const changes = new StateChanges()
    changes.whole(state())
    changes.next(state({ version: '2' }))
    expect(applyChange(state(), 0, changes.next(state({ version: '3' })))).toBeUndefined()
  })
})
