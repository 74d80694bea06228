import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { platform } from '../../../test-support/provider-mirror.ts'

/** A binary of the AWS provider that is on this machine. */
export interface AwsProviderBinary {
  readonly version: string
  /** Holds `terraform-provider-aws_v*`. */
  readonly folder: string
}

/** Where Terraform keeps providers on this machine; AWS_PROVIDER_MIRROR names one more place. */
export function providerFolders(env: NodeJS.ProcessEnv, home = homedir()): string[] {
  const folders = [env.AWS_PROVIDER_MIRROR, env.TF_PLUGIN_CACHE_DIR, join(home, '.terraform.d', 'plugins')]
  return folders.filter((folder) => folder !== undefined && folder !== '') as string[]
}

/**
 * The newest real AWS provider in unpacked mirrors, of the same major version as `wanted`: another one may have another
 * schema. The first folder that has one counts.
 */
export async function findAwsProvider(
  folders: readonly string[],
  wanted: string,
): Promise<AwsProviderBinary | undefined> {
  for (const mirror of folders) {
    const base = join(mirror, 'registry.terraform.io', 'hashicorp', 'aws')
    const versions = (await list(base))
      .filter((version) => /^\d+\.\d+\.\d+$/.test(version) && version.split('.')[0] === wanted.split('.')[0])
      .sort((left, right) => right.localeCompare(left, 'en', { numeric: true }))
    for (const version of versions) {
      const folder = join(base, version, platform())
      if ((await list(folder)).some((file) => file.startsWith('terraform-provider-aws_v'))) return { version, folder }
    }
  }
  return undefined
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}

/** A synthesised stack as far as providers go. */
export interface SynthesisedStack {
  readonly terraform: { readonly required_providers: Readonly<Record<string, object>> }
  readonly provider: Readonly<Record<string, readonly object[]>>
}

/**
 * The stack with that binary and a Route 53 at `endpoint`. The file itself has to change: Terraform's override files do
 * not reach the provider's settings in a stack of JSON.
 */
export function withAwsProvider<Stack extends SynthesisedStack>(
  stack: Stack,
  { version }: AwsProviderBinary,
  endpoint: string,
): Stack {
  const settings = {
    access_key: 'stand-in',
    secret_key: 'stand-in',
    endpoints: [{ route53: endpoint }],
    skip_credentials_validation: true,
    skip_metadata_api_check: 'true',
    skip_requesting_account_id: true,
  }
  const { required_providers } = stack.terraform
  return {
    ...stack,
    terraform: {
      ...stack.terraform,
      required_providers: { ...required_providers, aws: { ...required_providers.aws, version } },
    },
    provider: { ...stack.provider, aws: (stack.provider.aws ?? []).map((block) => ({ ...block, ...settings })) },
  }
}
