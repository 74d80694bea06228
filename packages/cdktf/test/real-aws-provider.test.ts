import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { platform } from '../../../test-support/provider-mirror.ts'
import { openProject } from './project.ts'
import { findAwsProvider, providerFolders, withAwsProvider } from './real-aws-provider.ts'

async function mirrorWith(...versions: string[]): Promise<string> {
  const mirror = await mkdtemp(join(tmpdir(), 'mirror-'))
  onTestFinished(() => rm(mirror, { recursive: true, force: true }))
  for (const version of versions) await put(mirror, version, platform(), `terraform-provider-aws_v${version}_x5`)
  return mirror
}

async function put(mirror: string, version: string, os: string, file: string): Promise<void> {
  const folder = join(mirror, 'registry.terraform.io', 'hashicorp', 'aws', version, os)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, file), '')
  await chmod(join(folder, file), 0o755)
}

describe('the search for a real AWS provider', () => {
  it('looks in the named folder, in the plugin cache and in the home folder, in that order', () => {
    const env = { TF_PLUGIN_CACHE_DIR: '/cache', AWS_PROVIDER_MIRROR: '/mirror' }
    expect(providerFolders(env, '/home/me')).toEqual(['/mirror', '/cache', '/home/me/.terraform.d/plugins'])
    expect(providerFolders({ AWS_PROVIDER_MIRROR: '' }, '/home/me')).toEqual(['/home/me/.terraform.d/plugins'])
  })

  it('takes the newest version of the same major one', async () => {
    const mirror = await mirrorWith('6.9.0', '6.31.0', '6.4.1', '7.0.0', '5.99.0')
    expect(await findAwsProvider([mirror], '6.25.0')).toEqual({
      version: '6.31.0',
      folder: join(mirror, 'registry.terraform.io/hashicorp/aws/6.31.0', platform()),
    })
  })

  it('goes on to the next folder where one is missing or has nothing that fits', async () => {
    const [other, right] = [await mirrorWith('5.1.0'), await mirrorWith('6.25.0')]
    const found = await findAwsProvider([join(other, 'missing'), other, right], '6.25.0')
    expect(found?.folder.startsWith(right)).toBe(true)
  })

  it('finds nothing in binaries of other systems, other files, and unfinished or preliminary versions', async () => {
    const mirror = await mirrorWith('6.30.0-beta1')
    await put(mirror, '6.25.0', 'plan9_mips', 'terraform-provider-aws_v6.25.0')
    await put(mirror, '6.26.0', platform(), 'LICENSE.txt')
    expect(await findAwsProvider([mirror], '6.25.0')).toBeUndefined()
    expect(await findAwsProvider([], '6.25.0')).toBeUndefined()
  })
})

it('a stack keeps its own provider settings and gets a Route 53 on loopback, with keys that open nothing', () => {
  const stack = {
    terraform: { required_providers: { aws: { source: 'aws', version: '6.25.0' }, other: { version: '1.0.0' } } },
    provider: { aws: [{ region: 'us-east-1' }], other: [{}] },
  }
  expect(withAwsProvider(stack, { version: '6.31.0', folder: '/mirror' }, 'http://127.0.0.1:1')).toEqual({
    terraform: { required_providers: { aws: { source: 'aws', version: '6.31.0' }, other: { version: '1.0.0' } } },
    provider: {
      aws: [
        {
          region: 'us-east-1',
          access_key: 'stand-in',
          secret_key: 'stand-in',
          endpoints: [{ route53: 'http://127.0.0.1:1' }],
          skip_credentials_validation: true,
          skip_metadata_api_check: 'true',
          skip_requesting_account_id: true,
        },
      ],
      other: [{}],
    },
  })
})

describe.skipIf(!hasPrograms('terraform'))('a real AWS provider that was found', () => {
  it('is the one that Terraform installs, whichever version the bindings name', { timeout: 120_000 }, async () => {
    const awsProvider = await findAwsProvider([await mirrorWith('6.99.0')], '6.25.0')
    const from = join(import.meta.dirname, '../../../examples/cdktf-route53')
    const project = await openProject({ from, stack: 'mail', awsProvider })
    onTestFinished(() => project.close())
    await project.node('main.ts')
    if (!awsProvider) throw new Error('the provider was not found')
    await project.amend((stack) => withAwsProvider(stack, awsProvider, 'http://127.0.0.1:1'))
    expect(await project.terraform('init', '-no-color')).toMatch('Installed hashicorp/aws v6.99.0')
    const lock = await readFile(join(project.folder, 'cdktf.out', 'stacks', 'mail', '.terraform.lock.hcl'), 'utf8')
    expect(lock).toMatch(/hashicorp\/aws" \{\s+version += "6\.99\.0"/)
  })
})
