import { versions } from './versions.ts'

export type Framework = 'cdktf' | 'cdktn'

const entryPoint = { cdktf: '@dmarc-as-code/cdktf', cdktn: '@dmarc-as-code/cdktf/cdktn' } as const

const main = (framework: Framework) => `import { App } from '${framework}'
import { MailStack } from './stack.ts'

const app = new App()
new MailStack(app, 'mail')
app.synth()
`

/** Both lock the state in its bucket. CDKTF has no property for it, and does not check which Terraform it is for. */
const stateLock = {
  cdktn: {
    context: `    // For the lock of the state, below.
    this.node.setContext('targetVersions', { terraform: '>=1.10', opentofu: '>=1.10' })
`,
    backend: "new S3Backend(this, { bucket, key: 'mail-domains.tfstate', region, encrypt: true, useLockfile: true })",
  },
  cdktf: {
    context: '',
    backend: `{
      const backend = new S3Backend(this, { bucket, key: 'mail-domains.tfstate', region, encrypt: true })
      backend.addOverride('use_lockfile', true)
    }`,
  },
} as const

const stack = (framework: Framework) => `import { join } from 'node:path'
import { DmarcreportProvider, DomainFleet } from '${entryPoint[framework]}'
import { type App, S3Backend, TerraformStack } from '${framework}'

export class MailStack extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id)
${stateLock[framework].context}    // The token comes from the environment: DMARCREPORT_TOKEN.
    new DmarcreportProvider(this, 'dmarcreport')
    // The state is kept in a bucket of S3, with a lock; without STATE_BUCKET it is a file, to try things out.
    const { STATE_BUCKET: bucket, STATE_REGION: region } = process.env
    if (bucket) ${stateLock[framework].backend}

    const fleet = DomainFleet.fromFile(this, 'domains', join(import.meta.dirname, 'domains.yaml'))

    // The first apply takes over what exists. Remove this line after it.
    fleet.importExisting()
  }
}
`

const stackTest = (framework: Framework) => `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Testing } from '${framework}'
import { MailStack } from './stack.ts'

test('no domain can be deleted by deleting its line', () => {
  // With \`true\`, every check of the constructs runs, as in a synthesis.
  const { resource } = JSON.parse(Testing.synth(new MailStack(Testing.app(), 'mail'), true))
  const domains: { address: string; deletion_protection: boolean }[] = Object.values(resource.dmarcreport_domain ?? {})
  for (const domain of domains) assert.ok(domain.deletion_protection, domain.address)
})
`

const manifest = (framework: Framework) => ({
  name: 'mail-domains',
  private: true,
  type: 'module',
  engines: { node: '>=22.18' },
  scripts: { synth: 'node main.ts', test: 'node --test', typecheck: 'tsc -p .' },
  dependencies: {
    '@dmarc-as-code/cdktf': versions['@dmarc-as-code/cdktf'],
    [framework]: versions[framework],
    constructs: versions.constructs,
  },
  devDependencies: { '@types/node': versions['@types/node'], typescript: versions.typescript },
})

const tsconfig = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['*.ts'],
}

/** A project of its own, by file name; `domains.yaml` is what its stack is made of. */
export function projectFiles(framework: Framework, domainsYaml: string): Record<string, string> {
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`
  return {
    'main.ts': main(framework),
    'stack.ts': stack(framework),
    'stack.test.ts': stackTest(framework),
    'domains.yaml': domainsYaml,
    'package.json': json(manifest(framework)),
    'tsconfig.json': json(tsconfig),
    'cdktf.json': json({ language: 'typescript', app: 'node main.ts', sendCrashReports: 'false' }),
    '.gitignore': 'node_modules/\ncdktf.out/\n*.tfstate\n*.tfstate.*\n.terraform/\n',
  }
}
