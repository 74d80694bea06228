import { expect, it } from 'vitest'
import { domainState, recordState } from './states.ts'

it.each([
  [{ status: 'verified', txt: 'published' }, 'ready'],
  [{ status: 'verified', txt: 'queued' }, 'working'],
  [{ status: 'verified', policyFile: 'pending' }, 'working'],
  [{ status: 'verified', policyFile: 'unreachable', reason: 'connect' }, 'working'],
  [{ status: 'verified', policyFile: 'unreachable', reason: 'caa-blocks' }, 'attention'],
  [{ status: 'awaiting_setup' }, 'attention'],
  [{ status: 'misconfigured', txt: 'published' }, 'attention'],
  [{ status: 'a_word_of_tomorrow' }, 'unknown'],
  [{}, 'unknown'],
] as const)('%j is %s', (words, state) => {
  expect(recordState(words)).toBe(state)
})

it('a domain is as bad as its worst hosted record', () => {
  const of = (...states: Parameters<typeof domainState>[0][number]['state'][]) =>
    domainState(states.map((state) => ({ state })))
  expect(of('ready', 'attention', 'working')).toBe('attention')
  expect(of('ready', 'unhosted')).toBe('ready')
  expect(of('unhosted', 'unhosted')).toBe('unhosted')
  expect(of()).toBe('unhosted')
})
