import { describe, expect, it } from 'vitest'
import { refusalIn } from './refusal.ts'

describe('a body under a success status', () => {
  it.each([
    ['its own status', { status: 422, message: 'no' }, 422],
    ['its own status as text', { status: '404' }, 404],
    ['an error', { error: 'no' }, undefined],
    ['an error object', { error: { message: 'no' } }, undefined],
    ['errors as a list', { errors: ['no'] }, undefined],
    ['errors by field, beside an entity', { domain: { id: 1 }, errors: { address: ['is taken'] } }, undefined],
    ['a failure word', { status: 'error', message: 'no' }, undefined],
    ['success: false', { success: false }, undefined],
    ['an error inside data', { data: { error: 'no' } }, undefined],
  ])('refuses by %s', (_, body, status) => {
    expect(refusalIn(body)).toEqual({ status })
  })

  it.each([
    ['a message', { message: 'Domain deleted', status: 200 }],
    ['empty errors', { errors: [], error: null, data: { errors: {} } }],
    ['another status', { id: 1, status: 'verified' }],
    ['a list', [{ error: 'of an entry' }]],
    ['nothing', undefined],
    ['text', 'ok'],
  ])('says nothing against it with %s', (_, body) => {
    expect(refusalIn(body)).toBeUndefined()
  })
})
