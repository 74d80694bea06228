import { versions } from './versions.ts'

export type Framework = 'cdktf' | 'cdktn'

const entryPoint = { cdktf: '@dmarc-as-code/cdktf', cdktn: '@dmarc-as-code/cdktf/cdktn' } as const

const main = (framework: Framework) => `import { join } from 'node:path'
import { DmarcreportProvider, DomainFleet } from '${entryPoint[framework]}'
import { App, TerraformStack } from '${framework}'

const app = new App()
const stack = new TerraformStack(app, 'mail')
// The token comes from the environment: DMARCREPORT_TOKEN.
new DmarcreportProvider(stack, 'dmarcreport')

const fleet = DomainFleet.fromFile(stack, 'domains', join(import.meta.dirname, 'domains.yaml'))

// The first apply takes over what exists. Remove this line after it.
fleet.importExisting()

app.synth()
`

const manifest = (framework: Framework) => ({
  name: 'mail-domains',
  private: true,
  type: 'module',
  engines: { node: '>=22.18' },
  scripts: { synth: 'node main.ts', typecheck: 'tsc -p .' },
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
    'domains.yaml': domainsYaml,
    'package.json': json(manifest(framework)),
    'tsconfig.json': json(tsconfig),
    'cdktf.json': json({ language: 'typescript', app: 'node main.ts', sendCrashReports: 'false' }),
    '.gitignore': 'node_modules/\ncdktf.out/\n*.tfstate\n*.tfstate.*\n.terraform/\n',
  }
}
