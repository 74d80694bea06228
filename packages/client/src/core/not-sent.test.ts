import { expect, it } from 'vitest'
import { innermostMessage, plainMessage, provesNotSent } from './not-sent.ts'

const coded = (code: string, message = code) => Object.assign(new Error(message), { code })
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause })

it.each([
  ['refused', fetchFailed(coded('ECONNREFUSED')), true],
  ['no such host', fetchFailed(coded('ENOTFOUND')), true],
  ['no answer to the connection', fetchFailed(coded('UND_ERR_CONNECT_TIMEOUT')), true],
  ['refused at every address', fetchFailed(new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')])), true],
  ['Electron: refused', new Error('net::ERR_CONNECTION_REFUSED'), true],
  [
    'refused at one address, reset at another',
    fetchFailed(new AggregateError([coded('ECONNREFUSED'), coded('ECONNRESET')])),
    false,
  ],
  ['reset', fetchFailed(coded('ECONNRESET')), false],
  ['closed by the other side', fetchFailed(coded('UND_ERR_SOCKET')), false],
  ['no answer', fetchFailed(coded('UND_ERR_HEADERS_TIMEOUT')), false],
  ['Electron: reset', new Error('net::ERR_CONNECTION_RESET'), false],
  ['a browser, which hides the reason', new TypeError('Failed to fetch'), false],
  ['nothing', undefined, false],
])('%s', (_, error, expected) => {
  expect(provesNotSent(error)).toBe(expected)
})

it('the innermost message is the telling one', () => {
  expect(innermostMessage(fetchFailed(coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9')))).toBe(
    'connect ECONNREFUSED 127.0.0.1:9',
  )
  expect(innermostMessage(fetchFailed(new AggregateError([coded('ECONNREFUSED')])))).toBe('ECONNREFUSED')
  expect(innermostMessage('cut')).toBe('cut')
})

it('says in plain words what failed, with the original in brackets', () => {
  expect(plainMessage(fetchFailed(new Error('other side closed')))).toBe(
    'the connection was closed before the answer was complete (other side closed)',
  )
  expect(plainMessage(fetchFailed(coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9')))).toBe(
    'nothing listens there (connect ECONNREFUSED 127.0.0.1:9)',
  )
  expect(plainMessage(fetchFailed(coded('ENOTFOUND', 'getaddrinfo ENOTFOUND api.invalid')))).toBe(
    'there is no host of this name (getaddrinfo ENOTFOUND api.invalid)',
  )
  expect(plainMessage('cut')).toBe('cut')
})
