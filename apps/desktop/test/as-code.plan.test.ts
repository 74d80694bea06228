import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { ClientService } from '../src/main/service/client-service.ts'
import { cdktfCode, codeSetup, terraformCode } from '../src/shared/as-code.ts'
import type { DomainSummary } from '../src/shared/model.ts'

// Inside the repository, where a program finds the constructs as if installed.
const cache = resolve(import.meta.dirname, '../.cache')
const run = promisify(execFile)

/** The provider and the constructs are only started here, as a person would, never imported. */
describe.skipIf(!hasPrograms('terraform'))('the copied code', () => {
  let folder = ''
  let sandbox: Sandbox
  let service: ClientService
  let domains: readonly DomainSummary[] = []
  const options = { severalAccounts: true }
  const setup = () => codeSetup({ kind: 'sandbox', baseUrl: sandbox.apiUrl })

  beforeAll(async () => {
    await mkdir(cache, { recursive: true })
    folder = await mkdtemp(join(cache, 'as-code-'))
    sandbox = await createSandbox()
    const client = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl })
    await fill(client, sandbox.accountId)
    service = new ClientService({
      client,
      connectionId: 'c1',
      host: 'sandbox',
      webPage: () => undefined,
      lookUps: { txt: () => [] },
      now: Date.now,
    })
    domains = (await service.list(AbortSignal.timeout(30_000))).domains
    await provideProvider()
  })

  afterAll(async () => {
    await sandbox?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function provideProvider(): Promise<void> {
    const home = dirname(createRequire(import.meta.url).resolve('@dmarc-as-code/terraform-provider/package.json'))
    const install = existsSync(join(home, 'dist/provider.cjs'))
      ? ['bin/dmarcreport-provider.js', 'install']
      : ['--conditions=@dmarc-as-code/source', 'scripts/install-local.ts']
    const options = { cwd: home, timeout: 120_000 }
    await run(process.execPath, [...install, '--dir', join(folder, 'mirror')], options)
  }

  async function terraform(cwd: string, ...args: string[]): Promise<string> {
    const env = {
      ...process.env,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      TF_CLI_CONFIG_FILE: join(folder, 'mirror/terraform.rc'),
      DMARCREPORT_TOKEN: sandbox.token,
    }
    try {
      return (await run('terraform', args, { cwd, env, timeout: 120_000, maxBuffer: 1 << 26 })).stdout
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string }
      throw new Error(`terraform ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
    }
  }

  /** What a plan would do to each domain. */
  async function plan(cwd: string): Promise<Record<string, string>> {
    await terraform(cwd, 'init', '-no-color')
    await terraform(cwd, 'plan', '-no-color', '-out=plan')
    const shown = JSON.parse(await terraform(cwd, 'show', '-json', 'plan')) as {
      resource_changes: { change: { actions: string[]; importing?: object; after: { address: string } } }[]
    }
    return Object.fromEntries(
      shown.resource_changes.map(({ change: { actions, importing, after } }) => [
        after.address,
        [...(importing ? ['import'] : []), ...actions].join(),
      ]),
    )
  }

  const eachDomain = (actions: string) => Object.fromEntries(domains.map(({ address }) => [address, actions]))
  const records = async () => {
    const { domains: now } = await service.list(AbortSignal.timeout(30_000))
    return now.map(({ address, dmarcRecord }) => [address, dmarcRecord])
  }

  it('as Terraform takes over every domain and changes none', async () => {
    const cwd = join(folder, 'terraform')
    await mkdir(cwd)
    const files = [setup().terraform, ...domains.map((domain) => terraformCode(domain, options))]
    await writeFile(join(cwd, 'main.tf'), files.join('\n'))
    expect(domains).toHaveLength(9)
    await terraform(cwd, 'fmt', '-check', '-diff')
    expect(await plan(cwd)).toEqual(eachDomain('import,no-op'))
    const before = await records()
    await terraform(cwd, 'apply', '-no-color', 'plan')
    expect(await records()).toEqual(before)
    expect(await plan(cwd)).toEqual(eachDomain('no-op'))
  })

  it('as constructs takes over every domain and changes none', async () => {
    const parts = [setup().cdktf, ...domains.map((domain) => cdktfCode(domain, options))]
    const imports = [...new Set(parts.flatMap((part) => part.match(/^import .*$/gm) ?? []))]
    const bodies = parts.map((part) => part.replace(/^import .*\n/gm, ''))
    const program = `${imports.join('\n')}
import { App, TerraformStack } from 'cdktf'
class Mail extends TerraformStack {
  constructor(scope) {
    super(scope, 'mail')
    ${bodies.join('\n')}
  }
}
const app = new App({ outdir: ${JSON.stringify(join(folder, 'synthesised'))} })
new Mail(app)
app.synth()
`
    await writeFile(join(folder, 'main.mjs'), program)
    const conditions = ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning']
    await run(process.execPath, [...conditions, join(folder, 'main.mjs')], { timeout: 120_000 })
    expect(await plan(join(folder, 'synthesised/stacks/mail'))).toEqual(eachDomain('import,no-op'))
  })
})

/** Domains as they grow in an account: every setting somewhere. */
async function fill(client: DmarcReportClient, accountId: number): Promise<void> {
  await client.tags.create({ name: 'It\u2019s $' + '{live} "100 %"', color: '#123456' })
  const create = async (address: string, input: object = {}, owner = accountId) =>
    client.domains.create(owner, { address, rua_report: true, ruf_report: true, ...input })
  await create('plain.test', { tag_names: ['It\u2019s $' + '{live} "100 %"'] })
  await create('b\u00fccher.example')
  await create('1-2.example', { ruf_report: false })
  const second = await client.accounts.create({ title: 'Second' })
  await create('elsewhere.test', {}, second.id)
  const parked = await create('parked.test', { parked_domain: true })
  await client.domains.update(accountId, parked.id, { hosted_dmarc: true })

  const hosted = async (address: string, change: (record: string) => string) => {
    const { id } = await create(address, { mta_sts_report: true })
    const { default_dmarc_record } = await client.domains.update(accountId, id, { hosted_dmarc: true })
    await client.domains.update(accountId, id, { hosted_dmarc_config: change(default_dmarc_record ?? '') })
    return id
  }
  await hosted('strict.test', (record) =>
    record.replace('p=none', 'p=quarantine; sp=reject; np=reject; adkim=s; aspf=s; t=y').replace('fo=1', 'fo=d'),
  )
  await hosted('old.test', (record) => `${record.replace('p=none', 'p=quarantine')}; pct=50`)
  const shop = await hosted('shop.test', (record) => record.replace('rua=', 'rua=mailto:me@shop.test,'))
  const policy = { mode: 'testing', mx: ['mx.shop.test', '*.mx.example'], mx_age: 30 } as const
  await client.domains.update(accountId, shop, { hosted_mta_sts: true, mta_sts_policy: policy })
  const withdrawn = await create('withdrawn.test', { mta_sts_report: true })
  await client.domains.update(accountId, withdrawn.id, {
    hosted_mta_sts: true,
    mta_sts_policy: { mode: 'none', mx: [], mx_age: 1 },
  })
}
