import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { version } from '../version.ts'
import { main } from './cli.ts'
import { cliConfiguration, installIntoMirror, platformName } from './mirror.ts'

describe('installing into a mirror', () => {
  let folder: string
  let script: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mirror-'))
    script = join(folder, 'provider.cjs')
    await writeFile(script, '#!/usr/bin/env node\nmodule.exports = 1\n')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const program = (mirror: string, host: string) =>
    join(
      mirror,
      host,
      'dmarc-as-code/dmarcreport',
      version,
      platformName(),
      `terraform-provider-dmarcreport_v${version}`,
    )

  it.skipIf(process.platform === 'win32')(
    'puts a program that can be run where Terraform and OpenTofu look',
    async () => {
      const mirror = await installIntoMirror(join(folder, 'mirror'), { script, node: '/opt/node' })
      for (const host of ['registry.terraform.io', 'registry.opentofu.org']) {
        expect(await readFile(program(mirror, host), 'utf8')).toBe('#!/opt/node\nmodule.exports = 1\n')
        expect((await stat(program(mirror, host))).mode & 0o111).toBe(0o111)
      }
      await installIntoMirror(mirror, { script })
    },
  )

  it.skipIf(process.platform === 'win32')('makes a downloaded program one that can be run', async () => {
    const binary = join(folder, 'downloaded')
    await writeFile(binary, 'program', { mode: 0o644 })
    const mirror = await installIntoMirror(join(folder, 'binary'), { binary })
    expect((await stat(program(mirror, 'registry.opentofu.org'))).mode & 0o111).toBe(0o111)
  })

  it.skipIf(process.platform === 'win32')('takes along what the program of a Linux archive starts', async () => {
    const archive = join(folder, 'archive')
    await mkdir(join(archive, 'glibc'), { recursive: true })
    const binary = join(archive, 'terraform-provider')
    for (const file of ['terraform-provider', 'glibc/provider', 'glibc/ld.so', 'glibc/libc.so.6']) {
      await writeFile(join(archive, file), file, { mode: 0o644 })
    }
    const mirror = await installIntoMirror(join(folder, 'with-runtime'), { binary })
    const runtime = join(dirname(program(mirror, 'registry.terraform.io')), 'glibc')
    expect(await readFile(join(runtime, 'libc.so.6'), 'utf8')).toBe('glibc/libc.so.6')
    for (const started of ['provider', 'ld.so']) expect((await stat(join(runtime, started))).mode & 0o111).toBe(0o111)
    // Installing again replaces what is there.
    await installIntoMirror(mirror, { script })
    await expect(stat(runtime)).rejects.toThrow('ENOENT')
  })

  it.skipIf(process.platform === 'win32')(
    'lets the PATH choose Node where its own path does not fit into the first line',
    async () => {
      for (const node of ['/with a space/node', `/${'long/'.repeat(30)}node`]) {
        const mirror = await installIntoMirror(join(folder, 'env'), { script, node })
        expect(await readFile(program(mirror, 'registry.terraform.io'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
      }
    },
  )

  it('takes only this provider from the mirror', () => {
    const text = cliConfiguration('/some where/mirror')
    expect(text).toContain('path    = "/some where/mirror"')
    expect(text).toMatch(/direct \{\s+exclude = \["registry\.terraform\.io\/dmarc-as-code\/dmarcreport"/)
  })

  it.each([
    ['linux', 'x64', 'linux_amd64'],
    ['darwin', 'arm64', 'darwin_arm64'],
    ['win32', 'x64', 'windows_amd64'],
  ] as const)('calls %s on %s %s', (platform, arch, name) => {
    expect(platformName(platform, arch)).toBe(name)
  })
})

describe('the command line', () => {
  const run = async (...args: string[]) => {
    const [out, err]: [string[], string[]] = [[], []]
    const code = await main(args, { write: (text) => out.push(text) }, { write: (text) => err.push(text) })
    return { code, out: out.join(''), err: err.join('') }
  }

  it('explains itself', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--dir FOLDER') })
  })

  it.each([[['instal']], [[]], [['install', '--into', 'x']]])('fails on %j and shows the usage', async (args) => {
    expect(await run(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Usage:') })
  })

  it('fails on a binary that is not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mirror-'))
    try {
      const result = await run('install', '--dir', folder, '--binary', join(folder, 'nothing'))
      expect(result).toMatchObject({ code: 1, err: expect.stringContaining('nothing') })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
