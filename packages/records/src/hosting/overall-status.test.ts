import { describe, expect, it } from 'vitest'
import { type OverallInput, overallStatus } from './overall-status.ts'

describe('overallStatus', () => {
  it.each<[string, OverallInput, string]>([
    ['all is well', { cnames: ['verified'], txts: ['published'], policyFile: { status: 'active' } }, 'ready'],
    ['all is well without MTA-STS', { cnames: ['verified'], txts: ['published'] }, 'ready'],
    ['a CNAME is missing', { cnames: ['verified', 'awaiting_setup'], txts: ['queued'] }, 'action_required'],
    ['a CNAME is wrong', { cnames: ['misconfigured'], txts: ['published'] }, 'action_required'],
    ['a TXT is queued', { cnames: ['verified'], txts: ['published', 'queued'] }, 'pending'],
    ['the file is pending', { cnames: ['verified'], policyFile: { status: 'pending' } }, 'pending'],
    [
      'the file is unreachable, which the host must fix',
      { cnames: ['verified'], policyFile: { status: 'unreachable', reason: 'connect' } },
      'pending',
    ],
    [
      'CAA forbids the certificate, which the owner must fix',
      { cnames: ['verified'], txts: ['queued'], policyFile: { status: 'unreachable', reason: 'caa-blocks' } },
      'action_required',
    ],
    [
      'a CNAME is missing and the file unreachable',
      { cnames: ['awaiting_setup'], policyFile: { status: 'unreachable', reason: 'dns' } },
      'action_required',
    ],
  ])('when %s', (_, input, expected) => {
    expect(overallStatus(input)).toBe(expected)
  })
})
