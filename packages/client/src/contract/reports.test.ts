import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { evidenceQuery, reportOperations, reportPeriod, reportRoutes } from './index.ts'

describe('the contract of reports', () => {
  it('has schemas for every route, with exactly the parameters of its path', () => {
    for (const name of Object.keys(reportRoutes) as (keyof typeof reportRoutes)[]) {
      const inPath = [...reportRoutes[name].path.matchAll(/:(\w+)/g)].map((match) => match[1])
      expect(Object.keys(reportOperations[name].params.shape), name).toEqual(inPath)
    }
  })

  it('can be published as JSON Schema', () => {
    for (const [name, entry] of Object.entries(reportOperations)) {
      expect(() => z.toJSONSchema(entry.response), name).not.toThrow()
      if ('query' in entry) expect(() => z.toJSONSchema(entry.query, { io: 'input' }), name).not.toThrow()
    }
  })

  it('takes days and no other times, and asks for a target of the evidence', () => {
    expect(reportPeriod.safeParse({ from: '2026-03-02' }).success).toBe(true)
    expect(reportPeriod.safeParse({ from: '2026-03-02T00:00:00Z' }).success).toBe(false)
    expect(reportPeriod.safeParse({ since: '2026-03-02' }).success).toBe(false)
    expect(evidenceQuery.safeParse({}).success).toBe(false)
    expect(evidenceQuery.safeParse({ target: 'none' }).success).toBe(false)
  })
})
