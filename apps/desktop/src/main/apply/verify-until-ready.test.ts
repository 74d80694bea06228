import { FakeClock, settle } from '@dmarc-as-code/primitives/testing'
import { describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import { ProblemError } from '../../shared/problems.ts'
import { verifyUntilReady } from './verify-until-ready.ts'

/** Verifies one domain with the given answers, and says when each verification was requested, in milliseconds. */
async function timesOf(answers: readonly (() => ReturnType<typeof domain>)[]): Promise<number[]> {
  const clock = new FakeClock()
  const begun = clock.now()
  const times: number[] = []
  const verified = verifyUntilReady(['c1/1'], {
    clock,
    signal: new AbortController().signal,
    verify: async () => {
      const answer = answers[times.length]
      times.push(clock.now() - begun)
      if (!answer) throw new Error('verified once too often')
      return answer()
    },
    onVerified: () => {},
    onProblem: () => {},
    isDone: ({ state }) => state === 'ready',
  })
  while (times.length < answers.length) {
    await settle()
    await clock.advance(clock.nextIn ?? 0)
  }
  await verified
  return times
}

const ready = () => domain('a.example')
const unfinished = () => domain('a.example', 'attention')
const refuse = (code: 'too-soon' | 'rate-limited', retryAfter: number) => () => {
  throw new ProblemError(code, '', { retryAfter })
}

describe('verifyUntilReady', () => {
  it('verifies at once, then as often as the service allows, then less often', async () => {
    expect(await timesOf([unfinished, unfinished, unfinished, ready])).toEqual([1000, 11_200, 24_460, 41_698])
  })

  it.each(['too-soon', 'rate-limited'] as const)('tries again as soon as it may after %s', async (code) => {
    expect(await timesOf([refuse(code, 4_000), refuse(code, 9_000), ready])).toEqual([1000, 5_000, 14_000])
  })

  it('does not insist when it is refused without a time', async () => {
    const fail = () => {
      throw new ProblemError('server-error', '')
    }
    expect(await timesOf([fail, ready])).toEqual([1000, 11_200])
  })

  it('says why a round could verify nothing, and when that is over', async () => {
    const clock = new FakeClock()
    const problems: (string | undefined)[] = []
    const down = () => {
      throw new ProblemError('server-unreachable', '')
    }
    const answers = [down, refuse('too-soon', 1_000), down, unfinished, ready]
    let asked = 0
    const verified = verifyUntilReady(['c1/1'], {
      clock,
      signal: new AbortController().signal,
      verify: async () => (answers[asked++] ?? ready)(),
      onVerified: () => {},
      onProblem: (problem) => problems.push(problem?.code),
      isDone: ({ state }) => state === 'ready',
    })
    while (asked < answers.length) {
      await settle()
      await clock.advance(clock.nextIn ?? 0)
    }
    await verified
    expect(problems).toEqual(['server-unreachable', 'server-unreachable', undefined, undefined])
  })
})
