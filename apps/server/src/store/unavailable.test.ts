import { describe, expect, it } from 'vitest'
import { isStoreUnavailable } from './unavailable.ts'

const error = (message: string, fields: object = {}) => Object.assign(new Error(message), fields)

describe('a failed query means that the database cannot be used', () => {
  it.each([
    ['when nothing listens', error('connect ECONNREFUSED', { code: 'ECONNREFUSED', syscall: 'connect' })],
    ['when its socket is gone', error('connect ENOENT', { code: 'ENOENT', syscall: 'connect' })],
    ['when it shuts down', error('terminating', { code: '57P01', severity: 'FATAL' })],
    ['when it is read-only', error('cannot execute', { code: '25006', severity: 'ERROR' })],
    ['when it has no connections left', error('sorry', { code: '53300', severity: 'FATAL' })],
    ['when the connection breaks', error('Connection terminated unexpectedly')],
    ['when it does not answer', error('Query read timeout')],
    [
      'when no address of it can be reached',
      new AggregateError([error('x', { code: 'ECONNREFUSED', syscall: 'connect' })]),
    ],
    ['when the file is read-only', error('attempt to write', { code: 'SQLITE_READONLY' })],
    ['when the disk is full', error('full', { code: 'SQLITE_FULL' })],
  ])('%s', (_name, thrown) => {
    expect(isStoreUnavailable(thrown)).toBe(true)
  })

  it.each([
    ['when the statement is wrong', error('syntax error', { code: '42601', severity: 'ERROR' })],
    ['when a constraint refuses it', error('unique', { code: 'SQLITE_CONSTRAINT_UNIQUE' })],
    ['when a file of something else is missing', error('open ENOENT', { code: 'ENOENT', syscall: 'open' })],
    ['when the program is wrong', new TypeError('x is not a function')],
  ])('not %s', (_name, thrown) => {
    expect(isStoreUnavailable(thrown)).toBe(false)
  })
})
