import { describe, expect, it } from 'vitest'
import { formatMtaStsPolicy } from '../mta-sts/policy.ts'
import { RecordError } from '../record-error.ts'
import { hostedMtaStsPolicy } from './mta-sts.ts'

const tagsOf = (input: Parameters<typeof hostedMtaStsPolicy>[0]) => {
  try {
    hostedMtaStsPolicy(input)
  } catch (error) {
    return error instanceof RecordError ? error.findings.map((one) => one.tag) : error
  }
  return []
}

describe('hostedMtaStsPolicy', () => {
  it('turns days into seconds and a comma-separated line into hosts', () => {
    const policy = hostedMtaStsPolicy({
      mode: 'testing',
      mx: 'MX1.example.net, *.example.org., mx1.example.net,',
      mxAgeDays: 7,
    })
    expect(policy).toEqual({
      version: 'STSv1',
      mode: 'testing',
      mx: ['mx1.example.net', '*.example.org'],
      max_age: 604_800,
    })
  })

  it('takes hosts in any script, as A-labels', () => {
    const mx = 'MX.Bücher.example, *.mx.bücher.example., mx.xn--bcher-kva.example'
    expect(hostedMtaStsPolicy({ mode: 'testing', mx, mxAgeDays: 7 }).mx).toEqual([
      'mx.xn--bcher-kva.example',
      '*.mx.xn--bcher-kva.example',
    ])
  })

  it('accepts a list, and no host at all in mode none', () => {
    expect(hostedMtaStsPolicy({ mode: 'enforce', mx: ['mx.example.net'], mxAgeDays: 365 }).max_age).toBe(31_536_000)
    expect(formatMtaStsPolicy(hostedMtaStsPolicy({ mode: 'none', mx: '', mxAgeDays: 1 }))).toContain(
      'mode: none\r\nmax_age: 86400',
    )
  })

  it.each([
    [{ mode: 'Enforce', mx: 'mx.example.net', mxAgeDays: 7 }, ['mode']],
    [{ mode: 'enforce', mx: '', mxAgeDays: 7 }, ['mx']],
    [{ mode: 'enforce', mx: 'mx.example.net; mx2', mxAgeDays: 7 }, ['mx']],
    [{ mode: 'enforce', mx: '10.0.0.1', mxAgeDays: 7 }, ['mx']],
    [{ mode: 'enforce', mx: 'mx.example.net', mxAgeDays: 0 }, ['mx_age']],
    [{ mode: 'enforce', mx: 'mx.example.net', mxAgeDays: 366 }, ['mx_age']],
    [{ mode: 'enforce', mx: 'mx.example.net', mxAgeDays: 1.5 }, ['mx_age']],
    [{ mode: 'x', mx: 'a b', mxAgeDays: Number.NaN }, ['mode', 'mx', 'mx_age']],
  ])('fails on %j, naming %j', (input, tags) => {
    expect(tagsOf(input)).toEqual(tags)
  })
})
