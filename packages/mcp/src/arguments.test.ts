import { describe, expect, it } from 'vitest'
import { parseArguments } from './arguments.ts'

describe('the command line of dmarc-mcp', () => {
  it('passes resolvers and stub zones on to dmarc-dns, and keeps the DNS service for plans', () => {
    const args = [
      '--dns',
      'route53',
      '--resolver',
      '192.0.2.53',
      '--resolver',
      '192.0.2.54',
      '--stub-zone',
      'a.test=127.0.0.1:53',
    ]
    expect(parseArguments(args)).toEqual({
      dns: 'route53',
      lookUps: ['--resolver', '192.0.2.53', '--resolver', '192.0.2.54', '--stub-zone', 'a.test=127.0.0.1:53'],
    })
  })

  it('refuses what it does not know', () => {
    expect(() => parseArguments(['--write'])).toThrow("Unknown option '--write'")
    expect(() => parseArguments(['example.com'])).toThrow('example.com')
  })

  it('answers --help and --version before anything else', () => {
    expect(parseArguments(['--help', '--dns', 'x'])).toBe('help')
    expect(parseArguments(['--version'])).toBe('version')
  })
})
