import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DmarcReportClient, type Domain, type Tag } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import root from '../../../../package.json' with { type: 'json' }
import manifest from '../../package.json' with { type: 'json' }
import type { FleetData } from '../fleet/fleet-data.ts'
import { readFleetFile } from '../fleet/fleet-file.ts'
import { command } from './command.ts'
import { domainEntry } from './domain-entry.ts'
import { inventoryYaml } from './fleet-yaml.ts'
import { versions } from './versions.ts'

const plain = {
  id: 1,
  address: 'a.test',
  slug: 'a-test',
  rua_report: true,
  ruf_report: true,
  mta_sts_report: false,
  dmarc_status: '',
  mta_sts_status: '',
  parked_domain: false,
  tags: [],
} as unknown as Domain
const defaultRecord = 'v=DMARC1; p=none; fo=1; rua=mailto:1@in.test; ruf=mailto:2@in.test'
const parkedRecord = 'v=DMARC1; p=reject; sp=reject; rua=mailto:1@in.test; ruf=mailto:2@in.test'

describe('a domain in the words of a fleet', () => {
  it.each<[Partial<Domain>, object]>([
    [{}, {}],
    [{ parked_domain: true }, { parked: true }],
    [{ ruf_report: false, mta_sts_report: true }, { reports: ['aggregate', 'tls'] }],
    [{ hosted_dmarc: true, current_dmarc_config: defaultRecord }, { hostedDmarc: { policy: 'none' } }],
    [
      {
        hosted_dmarc: true,
        current_dmarc_config:
          'v=DMARC1; p=reject; sp=none; np=reject; adkim=s; aspf=r; fo=d; t=y; rua=mailto:1@in.test,mailto:own@a.test; ruf=mailto:2@in.test,mailto:x@a.test?subject=r',
      },
      {
        hostedDmarc: {
          policy: 'reject',
          subdomainPolicy: 'none',
          nonexistentSubdomainPolicy: 'reject',
          dkimAlignment: 'strict',
          spfAlignment: 'relaxed',
          failureOptions: 'd',
          testMode: true,
          extraRua: ['own@a.test'],
          extraRuf: ['mailto:x@a.test?subject=r'],
        },
      },
    ],
    ...[
      defaultRecord.replace('p=none', 'p=reject; pct=50'),
      defaultRecord.replace('p=none', 'p=reject; psd=n'),
      defaultRecord.replace('p=none', 'p=reject; ri=3600; rf=afrf'),
      defaultRecord.replace('p=none', 'p=reject; own=1'),
      defaultRecord.replace('fo=1; ', ''),
    ].map((record): [Partial<Domain>, object] => [
      { hosted_dmarc: true, current_dmarc_config: record },
      { hostedDmarc: { record } },
    ]),
    [
      {
        parked_domain: true,
        hosted_dmarc: true,
        default_dmarc_record: parkedRecord,
        current_dmarc_config: parkedRecord.replace('sp=reject; ', ''),
      },
      { parked: true, hostedDmarc: { record: parkedRecord.replace('sp=reject; ', '') } },
    ],
    [
      {
        hosted_mta_sts: true,
        mta_sts_report: true,
        mta_sts_policy: { mode: 'enforce', mx: 'mx1.a.test, mx2.a.test', mx_age: 14 },
      },
      { hostedMtaSts: { mode: 'enforce', mx: ['mx1.a.test', 'mx2.a.test'], maxAgeDays: 14 } },
    ],
    [{ hosted_mta_sts: true, mta_sts_report: true }, { hostedMtaSts: { mode: 'testing', mx: [] } }],
  ])('%j', (domain, settings) => {
    expect(domainEntry({ ...plain, default_dmarc_record: defaultRecord, ...domain })).toEqual({
      address: 'a.test',
      ...settings,
    })
  })
})

describe('init --from-account', () => {
  let sandbox: Sandbox
  let folder: string
  let printed: string
  let complained: string
  beforeAll(async () => {
    sandbox = await createSandbox()
    const client = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl })
    await client.domains.create(sandbox.accountId, { address: 'shop.test', rua_report: true, ruf_report: true })
  })
  afterAll(() => sandbox?.close())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'init-'))
    printed = complained = ''
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const call = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    command(args, {
      env: { DMARCREPORT_TOKEN: sandbox.token, DMARCREPORT_ENDPOINT: sandbox.apiUrl, ...env },
      out: { write: (text) => (printed += text) },
      err: { write: (text) => (complained += text) },
    })
  const init = (...args: string[]) => call(['init', '--from-account', '--dir', folder, ...args])
  const file = (name: string) => readFile(join(folder, name), 'utf8')

  it('writes a project for either framework', async () => {
    expect(await init()).toBe(0)
    expect(printed).toContain(`written to ${folder}: main.ts, stack.ts, stack.test.ts, domains.yaml, package.json`)
    expect(printed).toContain('npx @dmarc-as-code/terraform-provider install')
    expect(await file('domains.yaml')).toContain('  - address: shop.test\n')
    expect(await file('domains.yaml')).toContain(`#   ${sandbox.accountId}: `)
    expect(await file('stack.ts')).toContain("from '@dmarc-as-code/cdktf/cdktn'")
    expect(JSON.parse(await file('package.json')).dependencies).toHaveProperty('cdktn')
    await rm(folder, { recursive: true })
    expect(await init('--framework', 'cdktf', '--account', String(sandbox.accountId))).toBe(0)
    expect(await file('stack.ts')).toContain("from '@dmarc-as-code/cdktf'")
    expect(JSON.parse(await file('package.json')).dependencies).toHaveProperty('cdktf')
  })

  it('brings along what its compiler settings ask for', async () => {
    await init()
    const { devDependencies } = JSON.parse(await file('package.json'))
    const { compilerOptions } = JSON.parse(await file('tsconfig.json'))
    expect(Object.keys(devDependencies)).toContain('typescript')
    for (const name of compilerOptions.types) expect(Object.keys(devDependencies)).toContain(`@types/${name}`)
  })

  it('never writes the token', async () => {
    await init()
    for (const name of ['main.ts', 'domains.yaml', 'package.json', 'cdktf.json']) {
      expect(await file(name)).not.toContain(sandbox.token)
    }
    expect(printed + complained).not.toContain(sandbox.token)
  })

  it('fails before it writes, when the folder is not empty', async () => {
    await writeFile(join(folder, 'mine.txt'), 'x')
    expect(await init()).toBe(1)
    expect(complained).toBe(
      `${folder} is not empty: found mine.txt, expected an empty folder. Name another one with --dir.\n`,
    )
  })

  it('fails for an account there is not, naming those there are', async () => {
    expect(await init('--account', 'nobody')).toBe(1)
    expect(complained).toContain('Found no account "nobody", expected one of ')
  })

  it('fails for a wrong token without disclosing it', async () => {
    expect(await call(['init', '--from-account', '--dir', folder], { DMARCREPORT_TOKEN: 'canary-4711' })).toBe(1)
    expect(complained).not.toBe('')
    expect(complained).not.toContain('canary-4711')
  })

  it.each([
    [['init'], 'expected "init --from-account"'],
    [['init', '--from-account', '--framework', 'pulumi'], 'Found the framework "pulumi"'],
    [['init', '--from-nowhere'], '--from-nowhere'],
  ])('is called with %j in vain', async (args, message) => {
    expect(await call(args)).toBe(2)
    expect(complained).toContain(message)
  })

  it('needs a token', async () => {
    expect(await call(['init', '--from-account'], { DMARCREPORT_TOKEN: '' })).toBe(2)
    expect(complained).toContain('DMARCREPORT_TOKEN is not set')
  })
})

it('writes names that are syntax of YAML so that they are read back as they are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'names-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const names = ['<<', ' \n', '\n x\n', '--- ', '? ', '__proto__', '0x1F', '!t [', '&a', '\u2028', '#', ': ']
  const tags = names.map((name, id) => ({ id, name, color: '#123456' }))
  const domains = [{ ...plain, tags }] as unknown as Domain[]
  await writeFile(
    join(folder, 'domains.yaml'),
    inventoryYaml({ accounts: [], domains, tags: tags as unknown as Tag[], effects: [] }),
  )
  const { data } = readFleetFile(join(folder, 'domains.yaml'))
  const read = data as FleetData
  expect(Object.keys(read.tags ?? {}).sort()).toEqual(names.toSorted())
  expect(read.domains).toMatchObject([{ tags: names.toSorted() }])
})

it('a new project depends on what this package is made for', () => {
  expect(versions['@dmarc-as-code/cdktf']).toBe(`^${manifest.version}`)
  expect(versions.cdktf).toBe(`^${manifest.devDependencies.cdktf}`)
  expect(versions.cdktn).toBe(`^${manifest.devDependencies.cdktn}`)
  expect(versions.constructs).toBe(manifest.devDependencies.constructs)
  expect(versions['@types/node']).toBe(root.devDependencies['@types/node'])
})
