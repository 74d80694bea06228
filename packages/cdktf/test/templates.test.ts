import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { installFlags, NPM_TIMEOUT_MS, npm, packOurs } from './archives.ts'
import peers from './peers.json' with { type: 'json' }
import { peersFolder } from './peers.ts'

const run = promisify(execFile)
const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8')

let packed: string
let archives: Readonly<Record<string, string>>
beforeAll(async () => {
  packed = await mkdtemp(join(tmpdir(), 'templates-'))
  archives = await packOurs(packed)
}, 120_000)
afterAll(() => rm(packed, { recursive: true, force: true }))

type Framework = 'cdktf' | 'cdktn'

/** A project as `cdktf init --template=typescript --local` or `cdktn init` makes it: its files, then its own hook, which installs. */
async function generate(framework: Framework): Promise<string> {
  const folder = join(packed, framework)
  await cp(join(peersFolder, 'node_modules', `${framework}-cli`, 'bundle/templates/typescript'), folder, {
    recursive: true,
  })
  const values: Record<string, string> = {
    $base: 'strange',
    projectId: '11111111-2222-4333-8444-555555555555',
    sendCrashReports: 'false',
    futureFlags: '"failOnConstructsOutsideOfStacks": "true", "canonicalAssetHashes": "true"',
  }
  const filled = (text: string) => text.replace(/\{\{\s*(\S*?)\s*\}\}/g, (_, name: string) => values[name] ?? '')
  for (const name of await readdir(folder)) {
    if (name === '__tests__') continue
    const text = filled(await readFile(join(folder, name), 'utf8'))
    await writeFile(join(folder, name), text)
    if (filled(name) !== name) await rename(join(folder, name), join(folder, filled(name)))
  }
  const context = { $base: 'strange', OrganizationName: '', silent: true, [NPM_CONTEXT]: fitting[framework] }
  const hook = `require('./.hooks.sscaff.js').post(${JSON.stringify(context)})`
  const env = { ...process.env, NODE_OPTIONS: '', npm_config_prefer_offline: 'true', npm_config_ignore_scripts: 'true' }
  await run(process.execPath, ['-e', hook], { cwd: folder, env, timeout: NPM_TIMEOUT_MS })
  return folder
}

/** What both hooks call the framework that they install. */
const NPM_CONTEXT = 'npm_cdktf'
const fitting = { cdktf: `cdktf@${peers['cdktf-cli'].version}`, cdktn: `cdktn@${peers['cdktn-cli'].version}` }

const entry = (framework: Framework) => (framework === 'cdktf' ? '@dmarc-as-code/cdktf' : '@dmarc-as-code/cdktf/cdktn')

/** The template's program with something in it, in its own style. */
const program = (framework: Framework, text: string) =>
  text
    .replace('class MyStack', 'export class MyStack')
    .replace(
      `from "${framework}";`,
      `$&\nimport { DmarcreportProvider, DomainFleet, MonitoredDomain, ProviderDns } from "${entry(framework)}";`,
    )
    .replace(
      '// define resources here',
      `new DmarcreportProvider(this, "dmarcreport");
    const dns = new ProviderDns({ rfc2136: {} });
    new MonitoredDomain(this, "example", { address: "example.com", hostedDmarc: { policy: "reject" }, dns });
    new DomainFleet(this, "fleet", { dns, domains: ["a.test", { address: "b.test", hostedDmarc: {} }] });`,
    )

const unitTest = (framework: Framework, text: string) =>
  text
    .replace(`// import { Testing } from "${framework}";`, (line) => {
      return `${line.slice(3)}\nimport { Domain } from "${entry(framework)}/l1";\nimport { MyStack } from "../main";`
    })
    .replace(
      'it.todo("should be tested");',
      `it("protects its domains", () => {
    expect(Testing.synth(new MyStack(Testing.app(), "test"), true)).toHaveResourceWithProperties(Domain, {
      address: "a.test",
      deletion_protection: true,
    });
  });`,
    )

/** Puts our constructs into a generated project, and a test of them into its own test. */
async function fill(folder: string, framework: Framework): Promise<void> {
  for (const [file, change] of [
    ['main.ts', program],
    ['__tests__/main-test.ts', unitTest],
  ] as const) {
    const text = await readFile(join(folder, file), 'utf8')
    const changed = change(framework, text)
    expect(changed.split('\n').length, file).toBeGreaterThan(text.split('\n').length + 3)
    await writeFile(join(folder, file), changed)
  }
}

const tool = (folder: string, name: string, ...args: string[]) =>
  run(process.execPath, [join(folder, 'node_modules', '.bin', name), ...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', CI: 'true' },
    timeout: NPM_TIMEOUT_MS,
  }).catch(({ stdout, stderr }) => {
    throw new Error(`${name} failed:\n${stdout}${stderr}`)
  })

/** What the README says for TypeScript 6, without which the template's own test does not compile either. */
async function amendForSix(folder: string): Promise<void> {
  const [, lines = ''] = /^```json\n( *"types": [\s\S]*?)^```$/m.exec(readme) ?? []
  const file = join(folder, 'tsconfig.json')
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replace('"compilerOptions": {', (found) => `${found}\n${lines}`),
  )
}

// Both at once: npm, tsc and Jest leave time to each other.
it.concurrent.each<Framework>(['cdktf', 'cdktn'])(
  'the official TypeScript template of %s, as it is generated, compiles, runs under ts-node and is tested by jest, with TypeScript 5 and 6',
  { timeout: 4 * NPM_TIMEOUT_MS },
  async (framework) => {
    const folder = await generate(framework)
    await fill(folder, framework)
    for (const release of [5, 6]) {
      // The template of CDKTF takes the newest, which its own ts-jest refuses. Ours stay as the first round installed them.
      const ours = release === 5 ? Object.values(archives) : []
      await npm(['install', ...installFlags, `typescript@${release}`, ...ours], folder)
      if (release === 6) await amendForSix(folder)
      await rm(join(folder, 'cdktf.out'), { recursive: true, force: true })
      await tool(folder, 'tsc', '--noEmit')
      await tool(folder, 'ts-node', 'main.ts')
      const stack = JSON.parse(await readFile(join(folder, 'cdktf.out/stacks/strange/cdk.tf.json'), 'utf8'))
      expect(Object.keys(stack.resource.dmarcreport_domain)).toHaveLength(3)
      const { stderr } = await tool(folder, 'jest')
      expect(stderr).toContain('Tests:       1 passed, 1 total')
    }
  },
)
