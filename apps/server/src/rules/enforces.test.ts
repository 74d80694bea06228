import { describe, expect, it } from 'vitest'
import { enforces } from './enforces.ts'

describe('what is hosted enforces a policy', () => {
  it.each([
    ['with p=reject', 'v=DMARC1; p=reject', null, true],
    ['for subdomains alone', 'v=DMARC1; p=none; sp=quarantine', null, true],
    ['for names that do not exist alone', 'v=DMARC1; p=none; np=reject', null, true],
    ['not with p=none', 'v=DMARC1; p=none', null, false],
    ['with MTA-STS in mode enforce', null, 'version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 86400\n', true],
    [
      'not with MTA-STS in mode testing',
      null,
      'version: STSv1\nmode: testing\nmx: mx.example\nmax_age: 86400\n',
      false,
    ],
    ['not with nothing', null, null, false],
  ])('%s', (_name, dmarc_record, wanted_policy, expected) => {
    expect(enforces({ dmarc_record, wanted_policy })).toBe(expected)
  })
})
