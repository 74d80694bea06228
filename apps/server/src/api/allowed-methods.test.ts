import { describe, expect, it } from 'vitest'
import { allowedMethods } from './allowed-methods.ts'

describe('the methods of a path', () => {
  it.each([
    ['/v2/tags', ['GET', 'HEAD', 'POST']],
    ['/v2/tags.json?page=2', ['GET', 'HEAD', 'POST']],
    ['/v2/accounts/7/domains/41.json', ['DELETE', 'GET', 'HEAD', 'PUT']],
    ['/v2/accounts/7/domains/41/verify_hosted_dmarc', ['POST']],
  ])('%s has %j', (path, methods) => {
    expect(allowedMethods(path)).toEqual(methods)
  })

  it.each(['/', '/v2', '/v2/nothing', '/v2/accounts//domains', '/v2/tags/1/2', '/V2/TAGS'])('%s has none', (path) => {
    expect(allowedMethods(path)).toEqual([])
  })
})
