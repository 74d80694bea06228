import { describe, expect, it } from 'vitest'
import type { PolicyAnswer } from './policy-fetch.ts'
import { judgePolicyFile, type PolicyEvidence } from './policy-status.ts'

const text = 'version: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: 604800\n'
const at = '2026-05-04T10:00:00.000Z'
const served = (over: object = {}): PolicyAnswer => ({
  ok: true,
  address: '203.0.113.9',
  status: 200,
  contentType: 'text/plain; charset=utf-8',
  body: text.replaceAll('\n', '\r\n'),
  ...over,
})
const failed = (reason: 'connect' | 'tls-name' | 'dns'): PolicyAnswer => ({ ok: false, reason, message: 'm' })
const judge = (over: Partial<PolicyEvidence>) =>
  judgePolicyFile({
    domain: 'example.test',
    policy: { text, id: 'abc' },
    cnameVerified: true,
    answer: served(),
    servedId: 'abc',
    at,
    ...over,
  })
const ordered = (minutesAgo: number) => ({
  text,
  id: 'abc',
  certificateOrderedAt: new Date(Date.parse(at) - minutesAgo * 60_000).toISOString(),
})

const refused = { failure: 'ca.test says: too many orders.', nextAttemptAt: '2026-05-04T11:00:00Z' }
const refusedDetail = 'ca.test says: too many orders. The next attempt is at 2026-05-04T11:00:00Z.'

describe('judgePolicyFile', () => {
  it('is active when the stored policy is served, whatever its line ends, and the id belongs to it', () => {
    expect(judge({})).toEqual({
      url: 'https://mta-sts.example.test/.well-known/mta-sts.txt',
      status: 'active',
      policyId: 'abc',
      message: 'https://mta-sts.example.test/.well-known/mta-sts.txt serves the policy.',
      fix: '',
      address: '203.0.113.9',
      httpStatus: 200,
      at,
    })
  })

  it.each<[string, Partial<PolicyEvidence>, object]>([
    ['there is no policy', { policy: undefined }, { status: 'pending', reason: 'not-created' }],
    ['the CNAME is not verified', { cnameVerified: false }, { status: 'pending', reason: 'cname-not-verified' }],
    [
      'the certificate is on its way',
      { policy: ordered(29), answer: failed('tls-name') },
      { status: 'pending', reason: 'certificate-pending' },
    ],
    [
      'the certificate has been on its way for too long',
      { policy: ordered(30), answer: failed('tls-name') },
      { status: 'unreachable', reason: 'tls-name' },
    ],
    [
      'the certificate authority refuses, and the order is young',
      { policy: ordered(29), answer: failed('connect'), certificateOrder: refused },
      { status: 'pending', reason: 'certificate-pending', detail: refusedDetail },
    ],
    [
      'the certificate authority refuses for too long',
      { policy: ordered(30), answer: failed('connect'), certificateOrder: refused },
      { status: 'unreachable', reason: 'certificate-pending', detail: refusedDetail },
    ],
    [
      'the order still waits for its turn',
      { policy: ordered(300), answer: failed('connect'), certificateOrder: { nextAttemptAt: refused.nextAttemptAt } },
      { status: 'pending', reason: 'certificate-pending', detail: `The next attempt is at ${refused.nextAttemptAt}.` },
    ],
    [
      'a renewal fails while the host has another fault',
      { policy: ordered(300), answer: failed('dns'), certificateOrder: refused },
      { status: 'unreachable', reason: 'dns' },
    ],
    [
      'the address is missing while the certificate is on its way',
      { policy: ordered(1), answer: failed('dns') },
      { status: 'unreachable', reason: 'dns' },
    ],
    [
      'CAA forbids the certificate',
      { policy: ordered(1), answer: failed('connect'), caaBlocks: 'because' },
      { status: 'unreachable', reason: 'caa-blocks' },
    ],
    [
      'it redirects',
      { answer: served({ status: 301, location: 'https://x.test/' }) },
      { status: 'unreachable', reason: 'redirect' },
    ],
    [
      'it is not found',
      { answer: served({ status: 404 }) },
      { status: 'unreachable', reason: 'status', httpStatus: 404 },
    ],
    [
      'it is a web page',
      { answer: served({ contentType: 'text/html' }) },
      { status: 'unreachable', reason: 'media-type' },
    ],
    ['it has no media type', { answer: served({ contentType: '' }) }, { status: 'unreachable', reason: 'media-type' }],
    ['it is no policy', { answer: served({ body: 'hello' }) }, { status: 'unreachable', reason: 'invalid-policy' }],
    [
      'it is another policy',
      { answer: served({ body: text.replace('enforce', 'testing') }) },
      { status: 'unreachable', reason: 'wrong-policy' },
    ],
    ['the TXT carries another id', { servedId: 'old' }, { status: 'unreachable', reason: 'id-mismatch' }],
    ['the id of the TXT is not known', { servedId: undefined }, { status: 'active' }],
  ])('when %s', (_, evidence, expected) => {
    expect(judge(evidence)).toMatchObject(expected)
  })
})
