import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ProblemError } from '../../shared/problems.ts'
import { readSandboxInfo } from './sandbox-info.ts'

const info = {
  apiUrl: 'http://127.0.0.1:8080',
  token: 'canary-token',
  accountId: 1,
  customerZones: ['example.test'],
  dns: { address: '127.0.0.1', port: 5353 },
  tsig: { name: 'key', algorithm: 'hmac-sha256', secret: 'canary-secret' },
  stubZones: [{ zone: 'example.test', servers: [{ address: '127.0.0.1', port: 5353 }] }],
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-info-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(text: string): string {
  const path = join(folder, 'sandbox.json')
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

function failure(path: string): Error {
  try {
    readSandboxInfo(path)
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ problem: { code: 'sandbox-unreadable' } })
    return error as Error
  }
  throw new Error('it was read')
}

it('reads how to reach a running sandbox, and nothing more', () => {
  expect(readSandboxInfo(file(JSON.stringify({ ...info, more: 1 })))).toEqual(info)
})

it('fails on a file that is not there or not JSON, naming it', () => {
  expect(failure(join(folder, 'none.json')).message).toMatch(/none\.json .*ENOENT/)
  expect(failure(file('{"token":"canary-token"')).message).toContain('it is not JSON')
})

it.each([
  ['token', { ...info, token: undefined }],
  ['apiUrl', { ...info, apiUrl: 'http://192.0.2.7:8080' }],
  ['dns.address', { ...info, dns: { address: '192.0.2.53', port: 53 } }],
  ['dns.port', { ...info, dns: { address: '127.0.0.1', port: 0 } }],
])('fails on a wrong %s, naming the field and no secret', (field, content) => {
  const { message } = failure(file(JSON.stringify(content)))
  expect(message).toContain(field)
  expect(message).not.toContain('canary')
})
