import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRoute53 } from '../../../test-support/dns-services/route53.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { bundle } from '../scripts/bundle.mjs'
import { deflateFast, deflateSmall } from '../scripts/deflate.mjs'
import { compile, packageFor } from '../scripts/package.mjs'
import { type ZipFile, zip } from '../scripts/zip.mjs'
import { platformName, registryHosts, shortSource } from '../src/install/index.ts'
import { type MirrorWorkspace, mirrorWorkspace } from './mirror.ts'
import { providerEnvironment } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const example = join(import.meta.dirname, '../../../examples/terraform-quickstart')

describe('a zip', () => {
  it('has the same bytes for the same files, and the mode of programs', () => {
    const data = Buffer.from('provider '.repeat(1000))
    const bytes = zip([{ name: 'terraform-provider-x', data, executable: true }])
    expect(zip([{ name: 'terraform-provider-x', data, executable: true }]).equals(bytes)).toBe(true)
    const central = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    expect((bytes.readUInt32LE(central + 38) >>> 16).toString(8)).toBe('100755')
    const [size, name] = [bytes.readUInt32LE(18), bytes.readUInt16LE(26)]
    expect(inflateRawSync(bytes.subarray(30 + name, 30 + name + size)).equals(data)).toBe(true)
  })
})

describe('the compiled provider', () => {
  it("takes nothing from the files of the folder it is started in, which is the user's", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'compiled-provider-'))
    try {
      const program = join(folder, process.platform === 'win32' ? 'provider.exe' : 'provider')
      await writeFile(program, compile(platformName()), { mode: 0o755 })
      await writeFile(join(folder, 'bunfig.toml'), 'preload = ["./preload.ts"]\n')
      await writeFile(join(folder, 'preload.ts'), 'await Bun.write("preloaded", "yes")\n')
      // With Terraform's cookie it would start, and wait for Terraform, instead of saying what it is.
      const cookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'
      await writeFile(join(folder, '.env'), `TF_PLUGIN_MAGIC_COOKIE=${cookie}\nPLUGIN_PROTOCOL_VERSIONS=6\n`)
      const started = spawnSync(program, { cwd: folder, env: {}, encoding: 'utf8', timeout: 20_000 })
      expect(started.stderr).toContain('This program is a Terraform provider')
      expect(started.status).toBe(1)
      expect(await readdir(folder)).not.toContain('preloaded')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }, 60_000)
})

describe('the script', () => {
  it('is plain ASCII: one other character would make the engine keep all of it in two bytes a character', async () => {
    expect(await bundle()).toMatch(/^[\t\n\x20-\x7e]*$/)
  }, 60_000)
})

/** In MiB, for a provider and its run-time library. */
const LARGEST_ARCHIVE = 52.6

// Packed as a registry would serve it.
let packed: ZipFile | undefined
const archive = () => {
  packed ??= packageFor(platformName())
  return packed
}

describe.skipIf(!hasPrograms('libdeflate-gzip'))('an archive', () => {
  it(`is not larger than ${LARGEST_ARCHIVE} MiB`, () => {
    expect(archive().data.length / 2 ** 20).toBeLessThanOrEqual(LARGEST_ARCHIVE)
  }, 240_000)

  it('of zlib and of libdeflate unpack to the same files', () => {
    const data = Buffer.from('provider '.repeat(1000))
    for (const deflate of [deflateFast, deflateSmall]) expect(inflateRawSync(deflate(data)).equals(data)).toBe(true)
  })
})

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  let workspace: MirrorWorkspace
  beforeAll(async () => {
    sandbox = await createSandbox()
    const env = providerEnvironment(sandbox)
    workspace = await mirrorWorkspace(program, env, example, {
      async install(mirror) {
        const { name, data } = archive()
        for (const host of registryHosts) {
          await mkdir(join(mirror, host, shortSource), { recursive: true })
          await writeFile(join(mirror, host, shortSource, name), data)
        }
      },
    })
  }, 120_000)
  afterAll(async () => {
    await workspace?.close()
    await sandbox?.close()
  })

  it('runs the quickstart with the compiled provider from a packed mirror', async () => {
    const { terraform } = workspace
    await terraform('init')
    await terraform('apply', '-auto-approve', '-no-color')
    await terraform('plan', '-detailed-exitcode', '-no-color')
    await terraform('destroy', '-auto-approve', '-no-color')
  }, 120_000)

  it('has the AWS SDK compiled in: the plan shows what stands in Route 53', async () => {
    const values = ['"v=DMARC1; p=reject"']
    const sets = [{ name: '_dmarc.shop.test', type: 'TXT', ttl: 600, values }]
    const route53 = await startRoute53([{ name: 'shop.test', sets }])
    const { accessKeyId, secretAccessKey } = route53.credentials
    try {
      await rm(join(workspace.folder, 'outputs.tf'))
      await workspace.write(`
terraform {
  required_providers {
    dmarcreport = { source = "dmarc-as-code/dmarcreport" }
  }
}
provider "dmarcreport" {
  dns = { route53 = { access_key = "${accessKeyId}", secret_key = "${secretAccessKey}" } }
}
resource "dmarcreport_dns_records" "this" {
  records = { dmarc = { name = "_dmarc.shop.test", value = "key.hosted.test" } }
  route53 = { endpoint = "${route53.url}" }
}
`)
      await expect(workspace.terraform('plan', '-no-color')).rejects.toThrow(/already has records[\s\S]*p=reject/)
    } finally {
      await route53.close()
    }
  }, 60_000)
})
