import { describe, expect, it } from 'vitest'
import { keptTtl } from './ttl.ts'
import type { Abilities } from './types.ts'

const abilities: Abilities = {
  canWrite: true,
  canReplaceAtomically: false,
  canApplyAllAtomically: false,
  checksBeforeWriting: false,
  supportsTtl: true,
}

describe('keptTtl', () => {
  it('raises a TTL to the least that the service takes', () => {
    expect(keptTtl({ ...abilities, minimumTtl: 600 }, 300)).toBe(600)
    expect(keptTtl({ ...abilities, minimumTtl: 600 }, 900)).toBe(900)
    expect(keptTtl(abilities, 0)).toBe(0)
  })

  it('goes by the limit of the zone, where it has one of its own', () => {
    expect(keptTtl({ ...abilities, minimumTtl: 3600 }, 300, { minimumTtl: 60 })).toBe(300)
    expect(keptTtl({ ...abilities, minimumTtl: 60 }, 300, { minimumTtl: 900 })).toBe(900)
    expect(keptTtl({ ...abilities, minimumTtl: 3600 }, 300, {})).toBe(3600)
  })

  it('raises a TTL to the next one of a list, and takes the longest for what is beyond', () => {
    const listed = { ...abilities, ttls: [300, 3600, 86_400] }
    expect([0, 300, 301, 3600, 90_000].map((ttl) => keptTtl(listed, ttl))).toEqual([300, 300, 3600, 3600, 86_400])
  })
})
