import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { deflateFast } from '../scripts/deflate.mjs'
import { linuxRuntime, missingPackages } from '../scripts/linux/runtime.mjs'
import { packageFor } from '../scripts/package.mjs'
import { cliConfiguration, platformName, registryHosts, shortSource } from '../src/install/index.ts'
import { providerEnvironment } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const platform = platformName()
const isLinux = platform === 'linux_amd64' || platform === 'linux_arm64'
const isRoot = process.getuid?.() === 0
const canPack = isLinux && missingPackages(platform as 'linux_amd64').length === 0
const terraformCookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'

/** Loopback has many addresses; this one is no resolver of the machine. */
const RESOLVER = '127.77.0.53'

/** Hands DNS questions on to a server that has no port of 53. Undefined where that port cannot be had. */
async function startRelay(to: { address: string; port: number }): Promise<Socket | undefined> {
  const relay = createSocket('udp4')
  relay.on('message', (question, asker) => {
    const onward = createSocket('udp4')
    onward.once('message', (answer) => {
      relay.send(answer, asker.port, asker.address)
      onward.close()
    })
    onward.send(question, to.port, to.address)
  })
  return new Promise((resolve) => {
    relay.once('error', () => resolve(undefined))
    relay.bind(53, RESOLVER, () => resolve(relay))
  })
}

describe.skipIf(!isRoot || !canPack || !hasPrograms('unshare', 'chroot', 'unzip'))('a system without glibc', () => {
  let root: string
  let sandbox: Sandbox
  let relay: Socket | undefined
  let archive: { name: string; data: Buffer }
  /** A command in the root file system, with /proc as every container has it. Nothing stays mounted. */
  const inside = (...command: string[]) =>
    [
      'unshare',
      '--mount',
      'sh',
      '-c',
      'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"',
      root,
      ...command,
    ] as const

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'no-glibc-'))
    sandbox = await createSandbox()
    relay = await startRelay(sandbox.dns)
    sandbox.zone('example.test').setRrsets('api.example.test', [{ type: 'A', ttl: 60, data: ['127.0.0.1'] }])
    archive = packageFor(platform, { deflate: deflateFast })
    for (const folder of ['proc', 'dev', 'tmp', 'etc', 'work', 'mirror', 'unpacked']) await mkdir(join(root, folder))
    await writeFile(join(root, 'etc/resolv.conf'), `nameserver ${RESOLVER}\n`)
    execFileSync('mknod', [join(root, 'dev/null'), 'c', '1', '3'])
    execFileSync('mknod', [join(root, 'dev/urandom'), 'c', '1', '9'])
    for (const host of registryHosts) {
      const file = join(root, 'mirror', host, shortSource, archive.name)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, archive.data)
    }
    await writeFile(join(root, 'tmp/provider.zip'), archive.data)
    execFileSync('unzip', ['-q', join(root, 'tmp/provider.zip'), '-d', join(root, 'unpacked')])
  }, 120_000)
  afterAll(async () => {
    relay?.close()
    await sandbox?.close()
    await rm(root, { recursive: true, force: true })
  })
  const program = () => `/unpacked/${archive.name.replace(/_([\d.]+)_linux_.*/, '_v$1')}`

  it('has the provider say what it is, with its exit code', () => {
    const [command, ...args] = inside(program())
    const { stderr, status } = spawnSync(command, args, { encoding: 'utf8', env: { PATH: process.env.PATH } })
    expect(stderr).toContain('This program is a Terraform provider')
    expect(status).toBe(1)
  })

  it.each(['2026-12-01T10:00', 'a;b', '$LIB'])(
    'starts in a folder whose name means something to the loader: %s',
    (name) => {
      const folder = join(root, 'unpacked', name)
      execFileSync('unzip', ['-q', join(root, 'tmp/provider.zip'), '-d', folder])
      const [command, ...args] = inside(program().replace('/unpacked', `/unpacked/${name}`))
      const { stderr } = spawnSync(command, args, { encoding: 'utf8', env: { PATH: process.env.PATH } })
      expect(stderr).toContain('This program is a Terraform provider')
    },
  )

  it('says what is missing where /proc is not mounted', () => {
    const { stderr, status } = spawnSync('chroot', [root, program()], { encoding: 'utf8' })
    expect(stderr).toBe('[ERROR] the provider needs /proc, which is not mounted here\n')
    expect(status).toBe(127)
  })

  it('hands signals to the provider, which is the process that was started', async () => {
    const [command, ...args] = inside(program())
    const env = { PATH: process.env.PATH, TF_PLUGIN_MAGIC_COOKIE: terraformCookie, PLUGIN_PROTOCOL_VERSIONS: '6' }
    const child: ChildProcess = spawn(command, args, { env })
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
    expect(line.toString()).toMatch(/^1\|6\|unix\|/)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([143, null])
  })

  describeTerraforms(({ program: terraform }) => {
    it.skipIf(terraform.includes('tofu'))(
      'runs a plan and an apply that find the API by a DNS look-up',
      async () => {
        expect(relay, `no port 53 on ${RESOLVER}`).toBeDefined()
        await copyFile(terraform, join(root, 'terraform'))
        await chmod(join(root, 'terraform'), 0o755)
        await writeFile(join(root, 'cli.tfrc'), cliConfiguration('/mirror'))
        await writeFile(
          join(root, 'work/main.tf'),
          `terraform {
  required_providers {
    dmarcreport = {
      source = "dmarc-as-code/dmarcreport"
    }
  }
}
resource "dmarcreport_domain" "this" {
  address      = "example.test"
  hosted_dmarc = {}
}
`,
        )
        const env = {
          PATH: process.env.PATH,
          ...providerEnvironment(sandbox),
          DMARCREPORT_ENDPOINT: sandbox.apiUrl.replace('127.0.0.1', 'api.example.test'),
          TF_CLI_CONFIG_FILE: '/cli.tfrc',
          CHECKPOINT_DISABLE: '1',
          HOME: '/work',
        }
        // Not synchronously: the API and the resolver are in this process.
        const run = async (...args: string[]) => {
          const [command, ...rest] = inside('/terraform', '-chdir=/work', ...args)
          return (await promisify(execFile)(command, rest, { env, timeout: 100_000 })).stdout
        }
        expect(await run('init', '-no-color')).toMatch(/Installed dmarc-as-code\/dmarcreport/)
        expect(await run('plan', '-no-color')).toContain('Plan: 1 to add')
        await run('apply', '-auto-approve', '-no-color')
        await run('plan', '-detailed-exitcode', '-no-color')
        await run('destroy', '-auto-approve', '-no-color')
      },
      180_000,
    )
  })
})

describe.skipIf(!hasPrograms('qemu-aarch64') || missingPackages('linux_arm64').length > 0)(
  'the launcher for arm64',
  () => {
    it('starts the loader beside it on the provider, with all arguments, the environment and the exit code', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'launcher-'))
      try {
        await mkdir(join(folder, 'glibc'))
        const launcher = join(folder, 'terraform-provider-dmarcreport')
        await writeFile(launcher, linuxRuntime('linux_arm64').launcher, { mode: 0o755 })
        const loader = join(folder, 'glibc/ld.so')
        await writeFile(loader, '#!/bin/sh\nprintf "%s\\n" "$@" "$SOME"\nexit 7\n', { mode: 0o755 })
        const started = spawnSync('qemu-aarch64', [launcher, '-debug'], {
          encoding: 'utf8',
          env: { ...process.env, SOME: 'thing' },
        })
        const glibc = `${folder}/glibc/`
        expect(started.stdout.split('\n')).toEqual([
          '--library-path',
          glibc,
          '--argv0',
          launcher,
          `${glibc}provider`,
          '-debug',
          'thing',
          '',
        ])
        expect(started.status).toBe(7)
        await rm(loader)
        const broken = spawnSync('qemu-aarch64', [launcher], { encoding: 'utf8' })
        expect(broken.stderr).toContain(`the archive must be unpacked as a whole. Missing: ${loader}`)
        expect(broken.status).toBe(127)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })

    it('has its loader and libraries run the provider', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'arm64-'))
      try {
        await writeFile(join(folder, 'provider.zip'), packageFor('linux_arm64', { deflate: deflateFast }).data)
        execFileSync('unzip', ['-q', join(folder, 'provider.zip'), '-d', folder])
        const glibc = join(folder, 'glibc')
        const args = [join(glibc, 'ld.so'), '--library-path', glibc, join(glibc, 'provider')]
        const { stderr, status } = spawnSync('qemu-aarch64', args, { encoding: 'utf8', timeout: 60_000 })
        expect(stderr).toContain('This program is a Terraform provider')
        expect(status).toBe(1)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }, 120_000)
  },
)
