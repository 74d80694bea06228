import { describe, expect, it } from 'vitest'
import { signAdHoc, signatureFaults } from '../scripts/macos-signature.mjs'
import { compile } from '../scripts/package.mjs'

// macOS ends a program at once whose signature does not fit. No Mac is at hand: what its kernel compares is compared here.
describe.each(['darwin_amd64', 'darwin_arm64'])('the program for %s', (platform) => {
  it('has a signature that covers all of it and matches every page', () => {
    const program = compile(platform)
    expect(signatureFaults(program)).toEqual([])

    const changed = Buffer.from(program)
    changed.writeUInt8(changed.readUInt8(1 << 20) ^ 1, 1 << 20)
    expect(signatureFaults(changed)).toEqual([expect.stringMatching(/^1 of \d+ pages do not match$/)])
    expect(signatureFaults(Buffer.concat([program, Buffer.alloc(16)]))).toEqual(['the signature is not at the end'])
    expect(signatureFaults(signAdHoc(changed, 'changed'))).toEqual([])
  }, 120_000)
})

it('fails on what is no program for macOS', () => {
  expect(() => signAdHoc(Buffer.alloc(64), 'x')).toThrow('This is no 64-bit Mach-O program.')
})
