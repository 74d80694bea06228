import { operation } from '@dmarc-as-code/client/contract'
import { describe, expect, it } from 'vitest'
import { Problem } from '../rules/problem.ts'
import { validatorCompiler } from './validation.ts'

const { body, params } = operation('createDomain')
const fields = { address: 'example.com', rua_report: true, ruf_report: true }

function details(data: unknown) {
  const validate = validatorCompiler({ schema: body, method: 'POST', url: '/', httpPart: 'body' })
  const { error } = validate(data) as { error?: unknown }
  if (error instanceof Problem) return error.details.map(({ field, code, message }) => ({ field, code, message }))
  return []
}
const messages = (change: object) => details({ domain: { ...fields, ...change } }).map(({ message }) => message)

describe('request validation', () => {
  it('returns valid input as the contract transforms it', () => {
    const validate = validatorCompiler({ schema: body, method: 'POST', url: '/', httpPart: 'body' })
    expect(validate({ domain: { ...fields, ruf_report: 'false' } })).toEqual({
      value: { domain: { ...fields, ruf_report: false } },
    })
  })

  it('says where a fault is, what was expected and what was found', () => {
    expect(messages({ rua_report: null })).toEqual([
      'domain.rua_report is invalid: expected a boolean, or one of true, false, found null.',
    ])
    expect(messages({ tag_ids: [1.5] })).toEqual(['domain.tag_ids.0 is invalid: expected a whole number, found 1.5.'])
    expect(messages({ address: 'a'.repeat(2000) })[0]).toMatch(/expected at most 1024 characters, found "a+\.\.\.\.$/)
    expect(messages({ mta_sts_policy: { mode: 'strict', mx: '', mx_age: 400 } })).toEqual([
      'domain.mta_sts_policy.mode is invalid: expected one of none, testing, enforce, found "strict".',
      'domain.mta_sts_policy.mx_age is invalid: expected at most 365 days, found 400.',
    ])
  })

  it('says to wrap fields that are sent without their envelope', () => {
    expect(details(fields)).toEqual([
      { field: 'domain', code: 'required', message: 'Wrap the fields in "domain": send {"domain": {...}}.' },
    ])
    expect(details({})).toMatchObject([{ field: 'domain', code: 'required' }])
  })

  it('reports several faults together with their codes', () => {
    expect(details({ domain: { rua_report: 5, colour: 'blue' } }).map(({ field, code }) => [field, code])).toEqual([
      ['domain.address', 'required'],
      ['domain.rua_report', 'wrong_type'],
      ['domain.ruf_report', 'required'],
      ['domain.colour', 'unknown_field'],
    ])
  })

  it('fails with 404 for an invalid path parameter', () => {
    const validate = validatorCompiler({ schema: params, method: 'POST', url: '/', httpPart: 'params' })
    expect((validate({ account_id: 'a\u0000' }) as { error: Problem }).error.status).toBe(404)
  })
})
