import { operation } from '@dmarc-as-code/client/contract'
import { expect, test } from 'vitest'
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
const told = (change: object) => details({ domain: { ...fields, ...change } }).map(({ message }) => message)

test('what fits comes out as the contract turns it', () => {
  const validate = validatorCompiler({ schema: body, method: 'POST', url: '/', httpPart: 'body' })
  expect(validate({ domain: { ...fields, ruf_report: 'false' } })).toEqual({
    value: { domain: { ...fields, ruf_report: false } },
  })
})

test('each refusal says where, what was expected and what was found', () => {
  expect(told({ rua_report: null })).toEqual([
    'domain.rua_report was refused: expected a boolean, or one of true, false; found null.',
  ])
  expect(told({ tag_ids: [1.5] })).toEqual(['domain.tag_ids.0 was refused: expected a whole number; found 1.5.'])
  expect(told({ address: 'a'.repeat(2000) })[0]).toMatch(/expected at most 1024 characters; found "a+\.\.\.\.$/)
  expect(told({ mta_sts_policy: { mode: 'strict', mx: '', mx_age: 400 } })).toEqual([
    'domain.mta_sts_policy.mode was refused: expected one of none, testing, enforce; found "strict".',
    'domain.mta_sts_policy.mx_age was refused: expected at most 365; found 400.',
  ])
})

test('several faults are told together, with their codes', () => {
  expect(details({ domain: { rua_report: 5, colour: 'blue' } }).map(({ field, code }) => [field, code])).toEqual([
    ['domain.address', 'required'],
    ['domain.rua_report', 'wrong_type'],
    ['domain.ruf_report', 'required'],
    ['domain.colour', 'unknown_field'],
  ])
})

test('fails with 404 for a path that can name nothing', () => {
  const validate = validatorCompiler({ schema: params, method: 'POST', url: '/', httpPart: 'params' })
  expect((validate({ account_id: 'a\u0000' }) as { error: Problem }).error.status).toBe(404)
})
