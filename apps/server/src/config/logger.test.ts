import { expect, it } from 'vitest'
import { createLogger } from './logger.ts'

it('the log leaves no character from outside as it is that changes a terminal or the look of a line', () => {
  const lines: string[] = []
  const found = 'a\u001b[2J\n\u009b31m\u007f\u2028b\u202ec\u2066d\u00e4'
  createLogger('info', (line) => lines.push(line)).info({ found }, found)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^[\x20-\x7e\u00e4]+\n$/)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ found, msg: found })
})
