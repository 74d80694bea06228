import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readErrorBody } from './error-body.ts'

it.each([
  ["Rails' error", { error: 'Unauthorized' }, 'Unauthorized', []],
  ['the vendor’s pair of message and status', { message: 'No such domain', status: 404 }, 'No such domain', []],
  ['a list of texts', { errors: ['too short', 'too bad'] }, '', ['too short', 'too bad']],
  ['fields with lists', { errors: { address: ['is taken', 'is odd'] } }, '', ['address is taken', 'address is odd']],
  ['a field with one text', { errors: { address: 'is taken' } }, '', ['address is taken']],
  ['a text as errors', { errors: 'too bad' }, '', ['too bad']],
  [
    'fields below the name of a model',
    { errors: { domain: { address: ['is taken'], base: ['no quota'] } } },
    '',
    ['domain.address is taken', 'domain no quota'],
  ],
  [
    'problem details',
    {
      type: 'about:blank',
      title: 'Forbidden',
      detail: 'No privilege.',
      status: 403,
      errors: [{ detail: 'odd', pointer: '#/domain/mx' }],
    },
    'Forbidden: No privilege.',
    ['domain.mx odd'],
  ],
  [
    'JSON:API',
    {
      errors: [
        { status: '422', title: 'Invalid', detail: 'is taken', source: { pointer: '/data/attributes/address' } },
      ],
    },
    '',
    ['address is taken'],
  ],
  ['OAuth', { error: 'invalid_token', error_description: 'It has expired.' }, 'invalid_token: It has expired.', []],
  ['plain text', 'HTTP Token: Access denied.\n', 'HTTP Token: Access denied.', []],
  [
    'an HTML page',
    '<!DOCTYPE html><html><title>We are sorry (500)</title><body>…</body></html>',
    'We are sorry (500)',
    [],
  ],
  ['nothing', undefined, '', []],
  ['a number', 3, '', []],
])('%s', (_, body, message, details) => {
  const reading = readErrorBody(body)
  expect(reading.message).toBe(message)
  expect(reading.details.map((detail) => `${detail.field} ${detail.message}`.trim())).toEqual(details)
})

it("our server's body is read in full", () => {
  const detail = { field: 'domain.address', code: 'address_taken', message: 'Taken.', existing_id: 41 }
  const error = { code: 'conflict', message: 'There already.', details: [detail], request_id: 'r-9' }
  expect(readErrorBody({ error })).toEqual({
    code: 'conflict',
    message: 'There already.',
    details: [detail],
    requestId: 'r-9',
  })
})

it('a long page is cut', () => {
  expect(readErrorBody('x'.repeat(100_000)).message.length).toBeLessThan(2_100)
})

it('no body makes it throw', () => {
  fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (body) => void readErrorBody(body)))
})
