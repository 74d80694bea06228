import { describe, expect, it } from 'vitest'
import { mtaStsMxMatches, parseMtaStsPolicy, parseMtaStsRecord, selectMtaStsRecord } from '../src/index.ts'

/** RFC 8461, MTA-STS. Section numbers stand in the names. */
describe('RFC 8461', () => {
  const policy = `version: STSv1
mode: enforce
mx: mail.example.com
mx: *.example.net
mx: backupmx.example.com
max_age: 604800
`

  it('3.1: reads the example record', () => {
    expect(parseMtaStsRecord('v=STSv1; id=20160831085700Z;')).toMatchObject({
      ok: true,
      tags: { v: 'STSv1', id: '20160831085700Z' },
      warnings: [],
    })
  })

  it.each(['v=STSv1;id=1', 'v=STSv1;id=1;', 'v=STSv1 ; id=1 ;', 'v=STSv1;\tid=1; ', 'v=STSv1; a=b; id=1'])(
    '3.1: the grammar allows %j',
    (text) => {
      expect(parseMtaStsRecord(text)).toMatchObject({ ok: true, tags: { id: '1' } })
    },
  )

  it.each([
    'v=STSv1',
    'v=STSv1;',
    'v=STSv1;;id=1',
    'v=STSv1; id =1',
    'v=STSv1; id=1; ;',
    'v=STSv1,id=1',
    'v=STSv1; id=é',
  ])('3.1: the grammar forbids %j', (text) => {
    expect(parseMtaStsRecord(text)).toMatchObject({ ok: false, outcome: 'ignored' })
  })

  it('3.1: with several records there is no policy; other texts do not count', () => {
    expect(selectMtaStsRecord(['v=STSv1; id=1;', 'v=STSv1; id=1;']).record).toBeNull()
    expect(selectMtaStsRecord(['v=STSv2; id=1;', 'v=STSv1; id=1;']).ok).toBe(true)
  })

  it('3.2: reads the example policy, with either line end', () => {
    const expected = {
      version: 'STSv1',
      mode: 'enforce',
      mx: ['mail.example.com', '*.example.net', 'backupmx.example.com'],
      max_age: 604_800,
    }
    expect(parseMtaStsPolicy(policy)).toMatchObject({ ok: true, tags: expected, warnings: [] })
    expect(parseMtaStsPolicy(policy.replaceAll('\n', '\r\n'))).toMatchObject({ ok: true, tags: expected, warnings: [] })
  })

  it.each([
    ['version', 'VERSION'],
    ['mode', 'Mode'],
    ['max_age', 'Max_Age'],
    ['STSv1', 'stsv1'],
    ['enforce', 'ENFORCE'],
  ])('3.2: case counts: %s is not %s', (right, wrong) => {
    expect(parseMtaStsPolicy(policy.replace(right, wrong)).ok).toBe(false)
  })

  it('3.2: max_age ends at a year', () => {
    expect(parseMtaStsPolicy(policy.replace('604800', '31557600')).ok).toBe(true)
    expect(parseMtaStsPolicy(policy.replace('604800', '31557601')).ok).toBe(false)
    expect(parseMtaStsPolicy(policy.replace('604800', '0')).ok).toBe(true)
  })

  it('4.1: the example pattern covers one label', () => {
    expect(mtaStsMxMatches('*.example.com', 'mx.example.com')).toBe(true)
    expect(mtaStsMxMatches('*.example.com', 'example.com')).toBe(false)
    expect(mtaStsMxMatches('*.example.com', 'a.mx.example.com')).toBe(false)
  })

  it('8.3: a policy of none needs no mx', () => {
    expect(parseMtaStsPolicy('version: STSv1\nmode: none\nmax_age: 86400\n')).toMatchObject({ ok: true, warnings: [] })
  })
})
