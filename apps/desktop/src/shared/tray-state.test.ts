import { describe, expect, it } from 'vitest'
import type { DomainState } from './model.ts'
import { trayView } from './tray-state.ts'

const up = { online: true, failing: false }
const down = { online: false, failing: true }
const failing = { online: true, failing: true }
const domains = (...states: DomainState[]) => states.map((state) => ({ state }))

describe('the tray shows the worst state', () => {
  it.each([
    ['empty', [], [], 0],
    ['offline', [down], domains('attention'), 0],
    ['error', [failing], domains('ready'), 1],
    ['error', [up, down], domains('ready'), 1],
    ['attention', [up], domains('ready', 'attention', 'working', 'attention'), 2],
    ['working', [up], domains('ready', 'working', 'unknown'), 2],
    ['well', [up], domains('ready', 'unhosted', 'ready'), 0],
    ['empty', [up], [], 0],
    ['empty', [up], domains('unhosted'), 0],
  ] as const)('%s', (state, connections, known, count) => {
    const view = trayView({ connections, domains: known })
    expect(view.state).toBe(state)
    expect(view.count).toBe(count)
  })

  it('says it in words that agree with the number', () => {
    expect(trayView({ connections: [up], domains: domains('attention') }).summary).toBe('1 domain needs action')
    expect(trayView({ connections: [up], domains: domains('attention', 'attention') }).summary).toBe(
      '2 domains need action',
    )
    expect(trayView({ connections: [up], domains: domains('ready', 'ready') }).summary).toBe('All 2 domains are ready')
  })

  it.each([
    [domains('ready', 'unhosted', 'ready'), '2 of 3 domains ready, 1 not hosted'],
    [domains('unhosted'), 'No hosted domains'],
    [domains('ready', 'unknown'), '1 domain could not be checked'],
    [domains('ready', 'working', 'unknown'), '1 domain in progress, 1 unknown'],
  ])('counts no domain as ready that is not hosted or unknown: %#', (known, summary) => {
    expect(trayView({ connections: [up], domains: known }).summary).toBe(summary)
  })
})
