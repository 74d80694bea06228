import { describe, expect, it } from 'vitest'
import { catalogue, type ProblemCode, ProblemError, problem, toProblem } from './problems.ts'

const codes = Object.keys(catalogue) as ProblemCode[]

describe('the catalogue', () => {
  it.each(codes)('%s says what happened, what to do, and leads on', (code) => {
    const entry = problem(code, 'DETAIL')
    expect(entry.title).toMatch(/^[A-Z].*[^.]$/)
    expect(entry.explanation.length).toBeGreaterThan(5)
    expect(entry.steps.length).toBeGreaterThan(0)
    expect(entry.action === 'none').toBe(entry.actionLabel === '')
  })

  it('gives the four states of the password store four different words', () => {
    const states = (['secret-unavailable', 'secret-locked', 'secret-empty', 'secret-damaged'] as const).map((code) =>
      problem(code),
    )
    expect(new Set(states.map((state) => state.title)).size).toBe(4)
    expect(new Set(states.map((state) => state.explanation)).size).toBe(4)
  })
})

describe('toProblem', () => {
  it('passes a problem through whole', () => {
    expect(toProblem(new ProblemError('wrong-token', 'api.example.com')).explanation).toContain('api.example.com')
  })

  it('keeps the message of an unknown error and nothing of its stack', () => {
    const made = toProblem(new Error('boom'))
    expect(made.code).toBe('unexpected')
    expect(JSON.stringify(made)).not.toContain('problems.test')
  })
})
