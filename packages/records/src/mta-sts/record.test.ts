import { describe, expect, it } from 'vitest'
import { formatMtaStsRecord, parseMtaStsRecord, selectMtaStsRecord } from './record.ts'

const errorCodes = (text: string) => parseMtaStsRecord(text).errors.map((one) => one.code)
const warningCodes = (text: string) => parseMtaStsRecord(text).warnings.map((one) => one.code)

describe('parseMtaStsRecord', () => {
  it('takes the first id and skips extensions, with warnings', () => {
    const text = 'v=STSv1; id=1; id=2; x.y-z_0=~'
    expect(parseMtaStsRecord(text)).toMatchObject({ ok: true, outcome: 'policy', tags: { v: 'STSv1', id: '1' } })
    expect(warningCodes(text)).toEqual(['field-repeated', 'field-unknown'])
  })

  it('warns of a beginning that filters drop', () => {
    expect(warningCodes('v=STSv1 ; id=1')).toEqual(['separator-spaced'])
  })

  it('says that the case of the field name is the fault', () => {
    expect(warningCodes('v=STSv1; ID=1')).toEqual(['field-case'])
  })

  it.each([
    ['v=STSv1', ['id-missing']],
    ['v=STSv1;', ['id-missing']],
    ['v=STSv1; id=', ['id-invalid']],
    ['v=STSv1; id=a_b', ['id-invalid']],
    ['v=STSv1; id = 1', ['tag-malformed', 'id-missing']],
    ['v=STSv1;; id=1', ['tag-malformed']],
    ['v=STSv1; id=1; x=a b', ['tag-malformed']],
    ['v=STSv1; id=1; x=a=b', ['tag-malformed']],
    [`v=STSv1; id=1; ${'x'.repeat(33)}=1`, ['tag-malformed']],
    ['V=STSv1; id=1', ['version-missing']],
    ['v = STSv1; id=1', ['version-missing']],
    [' v=STSv1; id=1', ['record-leading-space']],
    ['v=STSv1 id=1', ['separator-wrong']],
    ['"v=STSv1; id=1"', ['record-quoted']],
  ])('fails on %j', (text, codes) => {
    expect(errorCodes(text)).toEqual(codes)
    expect(parseMtaStsRecord(text).outcome).toBe('ignored')
  })
})

describe('formatMtaStsRecord', () => {
  it('writes the form every filter accepts', () => {
    expect(formatMtaStsRecord({ id: '20261122T101530' })).toBe('v=STSv1; id=20261122T101530;')
  })

  it.each([undefined, '', 'a-b', 'a; x=1', 'x'.repeat(33)])('fails on the id %j', (id) => {
    expect(() => formatMtaStsRecord({ id })).toThrow(/must not be published/)
  })
})

describe('selectMtaStsRecord', () => {
  it('drops other values first, then wants exactly one', () => {
    expect(selectMtaStsRecord(['v=spf1 -all', ['v=STSv1; i', 'd=7;']])).toMatchObject({
      ok: true,
      found: 'one',
      record: { tags: { id: '7' } },
    })
    expect(selectMtaStsRecord(['v=STSv1; id=1', 'v=STSv1; id=2'])).toMatchObject({
      ok: false,
      found: 'several',
      record: null,
    })
    expect(selectMtaStsRecord([]).errors[0]?.code).toBe('record-missing')
    expect(selectMtaStsRecord(['v=STSv1 ; id=1']).found).toBe('none')
  })
})
