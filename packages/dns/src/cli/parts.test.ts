import { describe, expect, it } from 'vitest'
import type { Io } from './io.ts'
import { startProgress } from './progress.ts'
import { visibilityText } from './visible.ts'

describe('what the DNS answers after apply', () => {
  it('is reported in plain words', () => {
    expect(visibilityText(['yes', 'yes'])).toBe("The zone's servers answer with every record.")
    expect(visibilityText(['yes', 'not-yet', 'unknown'])).toBe(
      'The zone\'s servers answer with 1 of 3 records. The others may take a few minutes; look again with "check". For 1 they could not be asked from here.',
    )
  })
})

describe('progress', () => {
  const count = (terminal: boolean, total: number) => {
    const lines: string[] = []
    const progress = startProgress(
      { terminal, err: (text: string) => lines.push(text) } as unknown as Io,
      total,
      'things',
    )
    for (let index = 0; index < total; index++) progress.step()
    progress.end()
    return lines
  }

  it('is silent for short runs and anywhere but on a terminal, where it is drawn over itself', () => {
    expect(count(true, 19)).toEqual([])
    expect(count(false, 100)).toEqual([])
    expect(count(true, 100).every((text) => text.startsWith('\r'))).toBe(true)
    expect(count(true, 100).at(-2)).toContain('100 of 100 things')
  })
})
