import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hasPrograms } from '../../test-support/programs.ts'
import { root } from '../lib/bootstrap.mjs'

const release = join(root, 'release')
if (!existsSync(join(release, 'SHA256SUMS')))
  throw new Error('There is no release to try. Build it: npm run release:dry')

const has = (part: string) => existsSync(join(release, part))
const filesIn = (part: string, ending: string) =>
  readdirSync(join(release, part)).filter((name) => name.endsWith(ending))

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'release-user-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function run(program: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const options = { cwd, timeout: 300_000, maxBuffer: 2 ** 26, env: { ...process.env, ...env } }
  return (await promisify(execFile)(program, args, options)).stdout
}

describe('a release', { timeout: 600_000 }, () => {
  it('is what its checksums and its provenance say', async () => {
    await run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], release)
    const { subject } = JSON.parse(readFileSync(join(release, 'provenance.json'), 'utf8'))
    const sums = readFileSync(join(release, 'SHA256SUMS'), 'utf8')
    for (const { name, digest } of subject) expect(sums).toContain(`${digest.sha256}  ${name}`)
  })

  it.skipIf(!has('npm'))('installs from npm, and its packages and programs run', async () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }')
    const tarballs = filesIn('npm', '.tgz').map((name) => join(release, 'npm', name))
    await run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], folder)
    writeFileSync(
      join(folder, 'index.js'),
      `import { parseDmarc } from '@dmarc-as-code/records'
import { DmarcReportClient } from '@dmarc-as-code/client'
import '@dmarc-as-code/reports'
import '@dmarc-as-code/terraform-plugin'
console.log(JSON.stringify(parseDmarc('v=DMARC1; p=reject')).includes('reject'), typeof DmarcReportClient)
`,
    )
    expect(await run('node', ['index.js'], folder)).toBe('true function\n')
    expect(await run('npx', ['--no-install', 'dmarc-dns', '--help'], folder)).toContain('dmarc-dns plan')
    expect(await run('npx', ['--no-install', 'dmarc-server', '--help'], folder)).toContain('dmarc-server start')
  })

  it.skipIf(!has('provider') || !hasPrograms('terraform'))('gives Terraform a provider from its archives', async () => {
    const folder = emptyFolder()
    const mirror = join(folder, 'mirror/registry.terraform.io/dmarc-as-code/dmarcreport')
    mkdirSync(mirror, { recursive: true })
    for (const name of filesIn('provider', '.zip')) copyFileSync(join(release, 'provider', name), join(mirror, name))
    writeFileSync(
      join(folder, 'terraform.rc'),
      `provider_installation {\n  filesystem_mirror {\n    path = "${folder}/mirror"\n  }\n}\n`,
    )
    writeFileSync(
      join(folder, 'main.tf'),
      `terraform {
  required_providers {
    dmarcreport = { source = "dmarc-as-code/dmarcreport" }
  }
}
resource "dmarcreport_domain" "example" {
  address    = "example.com"
  account_id = 1
}
`,
    )
    const env = { TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'), CHECKPOINT_DISABLE: '1' }
    await run('terraform', ['init', '-input=false'], folder, env)
    expect(await run('terraform', ['validate'], folder, env)).toContain('Success!')
  })

  it.skipIf(!has('container'))('has the context of an image in which the server runs', async () => {
    const folder = emptyFolder()
    await run('tar', ['-xzf', join(release, 'container/dmarc-server-image.tar.gz')], folder)
    const context = join(folder, 'dmarc-server-image')
    await run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], context)
    expect(await run('node_modules/.bin/dmarc-server', ['--help'], context)).toContain('dmarc-server start')
  })

  it.skipIf(!has('helm'))('has a chart that is whole', async () => {
    const [chart = ''] = filesIn('helm', '.tgz')
    const files = await run('tar', ['-tzf', join(release, 'helm', chart)], release)
    expect(files.split('\n')).toEqual(expect.arrayContaining(['dmarc-server/Chart.yaml', 'dmarc-server/values.yaml']))
    if (hasPrograms('helm')) {
      const text = await run(
        'helm',
        ['template', 'mail', join(release, 'helm', chart), '--kube-version', '1.30.0'],
        release,
      )
      expect(text).toContain('kind: Service')
    }
  })

  it.skipIf(!has('desktop') || process.platform !== 'linux' || !hasPrograms('dpkg-deb'))(
    'has a Debian package that finds its libraries',
    async () => {
      const folder = emptyFolder()
      const [deb = ''] = filesIn('desktop', '.deb')
      await run('dpkg-deb', ['--extract', join(release, 'desktop', deb), folder], folder)
      expect(await run('ldd', ['usr/lib/dmarc-watch/dmarc-watch'], folder)).not.toContain('not found')
      expect(readFileSync(join(folder, 'usr/share/applications/dmarc-watch.desktop'), 'utf8')).toContain('Exec=')
    },
  )
})
