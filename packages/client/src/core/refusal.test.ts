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
    ['a failure word beside an id', { id: 'req-1', status: 'failed' }, undefined],
    ['its own status, beside an entity', { id: 41, address: 'example.com', status: 422 }, 422],
    ['an error inside data', { data: { error: 'no' } }, undefined],
  ])('refuses by %s', (_, body, status) => {
    expect(refusalIn(body)).toEqual({ status })
  })

  it.each([
    ['a message', { message: 'Domain deleted', status: 200 }],
    ['empty errors', { errors: [], error: null, data: { errors: {} } }],
    ['another status', { id: 1, status: 'verified' }],
    ['the status of a domain', { id: 41, address: 'example.com', status: 'failed' }],
    ['the result of a wrapped domain', { domain: { id: '41', slug: 'example-com', result: 'error' } }],
    ['a list', [{ error: 'of an entry' }]],
    ['nothing', undefined],
    ['text', 'ok'],
  ])('says nothing against it with %s', (_, body) => {
    expect(refusalIn(body)).toBeUndefined()
  })
})
