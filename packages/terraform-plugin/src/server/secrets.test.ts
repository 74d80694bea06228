import { expect, it } from 'vitest'
import { Dynamic } from '../encoding/dynamic.ts'
import { rawObject } from '../encoding/raw.ts'
import { fieldSpecs, s } from '../schema/s.ts'
import { hclog } from './logger.ts'
import { Secrets } from './secrets.ts'

const fields = fieldSpecs({
  open: s.string().optional(),
  token: s.string().optional().sensitive(),
  password: s.string().optional().writeOnly(),
  headers: s.map(s.string()).optional().sensitive(),
  users: s.list(s.object({ key: s.string().optional().sensitive() })).optional(),
  code: s.bigint().optional().sensitive(),
  anything: s.dynamic().optional().sensitive(),
  login: s.block({ pin: s.string().optional().sensitive() }),
})

const secrets = new Secrets()
secrets.collect(
  fields,
  rawObject([
    ['open', 'open-canary'],
    ['token', 'canary.token'],
    ['password', 'canary.token+longer'],
    ['headers', rawObject([['x', 'canary(header)']])],
    ['users', [rawObject([['key', 'canary-key']])]],
    ['code', 123456789n],
    ['anything', new Dynamic(['tuple', ['string', 'number']], ['canary-dynamic', 7654])],
    ['login', rawObject([['pin', '123']])],
  ]),
)

it('masks every sensitive text, the longest first, and nothing else', () => {
  expect(secrets.mask('canary.token+longer canary.token canary(header) canary-key open-canary canaryXtoken 123')).toBe(
    '(sensitive value) (sensitive value) (sensitive value) (sensitive value) open-canary canaryXtoken 123',
  )
})

it('masks numbers and what is inside dynamic values, but not the names of their types', () => {
  expect(secrets.mask('123456789, canary-dynamic, 7654: a tuple of string and number')).toBe(
    '(sensitive value), (sensitive value), (sensitive value): a tuple of string and number',
  )
  expect(secrets.maskAll({ a: 123456789, b: 123456789n, c: 12 })).toEqual({
    a: '(sensitive value)',
    b: '(sensitive value)',
    c: 12,
  })
})

it('masks a log entry whole: message, fields, errors and keys', () => {
  const lines: string[] = []
  const log = hclog(
    (line) => lines.push(line),
    'provider.toy',
    secrets,
    () => new Date('2026-01-02T03:04:05.678Z'),
  )
  const circular: { self?: unknown } = {}
  circular.self = circular
  log.warn('token canary.token', { deep: [{ 'canary-key': 1n }], error: new Error('canary(header)'), circular })
  const entry = JSON.parse(lines[0] ?? '')
  expect(entry).toMatchObject({
    '@level': 'warn',
    '@message': 'token (sensitive value)',
    '@module': 'provider.toy',
    '@timestamp': '2026-01-02T03:04:05.678000Z',
    deep: [{ '(sensitive value)': '1' }],
  })
  expect(lines[0]).not.toMatch(/canary\.token|canary-key|canary\(header\)/)
})

it('masks a text as it stands in JSON', () => {
  const quoted = new Secrets()
  quoted.add('pa"ss\nword')
  expect(quoted.mask(`${JSON.stringify({ key: 'pa"ss\nword' })} pa"ss\nword`)).toBe(
    '{"key":"(sensitive value)"} (sensitive value)',
  )
})
