import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOrdinaryPolicy } from './ordinary.ts'
import { parseMtaStsPolicy, readPolicy } from './policy.ts'

const line = fc.constantFrom(
  ...[
    'version: STSv1',
    'version:STSv1',
    'version: STSv1 ',
    'mode: enforce',
    'mode: testing',
    'mode: none',
    'mode: Enforce',
  ],
  ...[
    'mx: mx.example.com',
    'mx: *.example.net',
    'mx: MX.example.com',
    'mx: *.*.example.net',
    'mx: localhost',
    'mx: 192.0.2.1',
  ],
  ...[
    'max_age: 604800',
    'max_age: 86400',
    'max_age: 60',
    'max_age: 31557601',
    'max_age: 0604800',
    'max_age: x',
    '',
    'x: y',
    'hello',
  ],
)
const common = fc.shuffledSubarray(
  ['version: STSv1', 'mode: enforce', 'mx: mx.example.com', 'mx: *.example.net', 'max_age: 604800'],
  { minLength: 4 },
)
const text = fc
  .tuple(fc.oneof(common, fc.array(line, { maxLength: 8 })), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean())
  .map(([lines, end, closed]) => `${lines.join(end)}${closed ? end : ''}`)

describe('the quick reading of ordinary policy files', () => {
  it('is enough for a max_age of a day, whose warning is made when somebody looks', () => {
    const file = 'version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 86400\n'
    expect(readOrdinaryPolicy(file)).toEqual(readPolicy(file).tags)
    const parsed = parseMtaStsPolicy(file)
    expect(parsed.warnings.map(({ code }) => code)).toEqual(['max-age-short'])
    expect(parsed.warnings).toBe(parsed.warnings)
  })

  it('answers the same as the full reading', () => {
    let quick = 0
    fc.assert(
      fc.property(text, (file) => {
        const full = readPolicy(file)
        const tags = readOrdinaryPolicy(file)
        if (tags) {
          quick++
          expect(JSON.stringify(tags)).toBe(JSON.stringify(full.tags))
        }
        expect(parseMtaStsPolicy(file)).toEqual(full)
      }),
      { numRuns: 3000 },
    )
    expect(quick).toBeGreaterThan(100)
  })
})
