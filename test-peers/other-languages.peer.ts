import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../scripts/lib/bootstrap.mjs'
import { findProgram, hasPrograms } from '../test-support/programs.ts'
import { dmarcreportMirror } from '../test-support/provider-mirror.ts'
import { cachedFolder, peersFolder } from './support/cache.ts'
import { peerTitle } from './support/installing.ts'
import { mavenPeer } from './support/maven.ts'
import { npmPeer } from './support/npm.ts'

// The programs in Go and Java of packages/cdktf/OTHER-LANGUAGES.md, compiled against what the frameworks' generators make of our
// provider. The frameworks themselves are made for these languages from their npm packages, by the tool that publishes them.
// CDKTF, which is archived, is tried in Go alone: in Java, compiling the framework takes longer than all the rest.

const RELEASES = { cdktn: '0.24.0', cdktf: '0.21.0' }
const COMMAND_TIMEOUT_MS = 240_000
type Framework = keyof typeof RELEASES

const page = await readFile(join(root, 'packages/cdktf/OTHER-LANGUAGES.md'), 'utf8')
const sample = (language: string, containing: string): string => {
  const all = [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'))]
  const [, indent = '', code] = all.find(([, , text = '']) => text.includes(containing)) ?? []
  if (code === undefined) throw new Error(`The page has no sample in ${language} with ${containing}.`)
  return code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
}
const { overrides } = JSON.parse(`{${sample('json', 'overrides').trim()}}`)

const [cdktn, cdktf, java] = await Promise.all([
  npmPeer({ dependencies: { 'cdktn-cli': RELEASES.cdktn, cdktn: RELEASES.cdktn, constructs: '10.7.0' } }),
  npmPeer({ dependencies: { 'cdktf-cli': RELEASES.cdktf, cdktf: RELEASES.cdktf, constructs: '10.7.0' }, overrides }),
  mavenPeer({
    'software.constructs:constructs': '10.7.0',
    'software.amazon.jsii:jsii-runtime': '1.128.0',
    'org.jetbrains:annotations': '19.0.0',
    'javax.annotation:javax.annotation-api': '1.3.2',
  }),
])
const peers = { cdktn, cdktf }
const go = findProgram('go')

const environment = {
  ...process.env,
  NODE_OPTIONS: '',
  CHECKPOINT_DISABLE: '1',
  // Without it, `get` makes a plugin cache in the home folder.
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: 'true',
  CI: 'true',
  GOPATH: join(peersFolder, 'go-path'),
  GOCACHE: join(peersFolder, 'go-build'),
  GOFLAGS: '-modcacherw',
  GOTOOLCHAIN: 'local',
}

/** What the programs of the page stand for, whatever their language. */
const resources = {
  dmarcreport_dns_records: {
    records: { on_conflict: 'replace', records: `\${dmarcreport_domain.example.cnames}`, rfc2136: {} },
  },
  dmarcreport_domain: {
    example: { address: 'example.test', deletion_protection: true, hosted_dmarc: { policy: 'none' } },
  },
  dmarcreport_domain_verification: {
    live: { depends_on: ['dmarcreport_dns_records.records'], domain_id: `\${dmarcreport_domain.example.id}` },
  },
}

describe.each<Framework>(['cdktn', 'cdktf'])('%s', (framework) => {
  const peer = peers[framework]
  const release = RELEASES[framework]

  describe.skipIf(!peer.available || !hasPrograms('terraform'))(peerTitle(`${framework} ${release}`, peer), () => {
    if (!peer.available) return
    const installed = join(peer.folder, 'node_modules')
    let base: string
    let cliConfig: string
    beforeAll(async () => {
      base = await mkdtemp(join(tmpdir(), `${framework}-languages-`))
      cliConfig = await dmarcreportMirror(base)
    })
    afterAll(() => rm(base, { recursive: true, force: true }))

    async function command(cwd: string, program: string, ...args: readonly string[]): Promise<string> {
      const env = { ...environment, TF_CLI_CONFIG_FILE: cliConfig }
      try {
        const { stdout } = await promisify(execFile)(program, args, {
          cwd,
          env,
          timeout: COMMAND_TIMEOUT_MS,
          maxBuffer: 1 << 26,
        })
        return stdout
      } catch (error) {
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
        throw new Error(`${program} ${args.slice(-3).join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
      }
    }

    /** A project with the page's cdktf.json, whose bindings are generated. */
    async function generated(language: string, files: Readonly<Record<string, string>>): Promise<string> {
      const folder = join(base, language)
      await mkdir(folder)
      const config = JSON.parse(sample('json', 'terraformProviders'))
      const codeMakerOutput = language === 'go' ? 'generated' : 'imports'
      const settings = { ...config, language, codeMakerOutput, sendCrashReports: 'false' }
      for (const [name, text] of Object.entries({ 'cdktf.json': JSON.stringify(settings), ...files })) {
        await writeFile(join(folder, name), text)
      }
      await command(folder, process.execPath, join(installed, '.bin', framework), 'get')
      return folder
    }

    /** The framework in a language, as its own publishing tool makes it from the npm package. */
    const frameworkIn = (language: 'go' | 'java') =>
      cachedFolder(join('jsii', `${framework}-${release}-${language}`), async (fresh) => {
        const pacmak = join(installed, 'jsii-pacmak', 'bin', 'jsii-pacmak')
        const made = ['--targets', language, '--code-only', '--outdir', join(fresh, 'made'), join(installed, framework)]
        await command(fresh, process.execPath, pacmak, ...made)
        if (language === 'java') await compile(join(fresh, 'made', 'java'), join(fresh, 'classes'), [])
      })

    async function compile(sources: string, classes: string, classPath: readonly string[]): Promise<void> {
      if (!java.available) return
      const folder = join(sources, 'src', 'main')
      const files = (await readdir(join(folder, 'java'), { recursive: true })).filter((name) => name.endsWith('.java'))
      const list = join(sources, 'sources.txt')
      await writeFile(list, files.map((name) => `"${join(folder, 'java', name)}"\n`).join(''))
      const path = [...classPath, java.classPath].join(delimiter)
      await command(sources, java.javac, '-nowarn', '-encoding', 'UTF-8', '-cp', path, '-d', classes, `@${list}`)
      await cp(join(folder, 'resources'), classes, { recursive: true })
    }

    /** Holds the synthesised stack against what the page's programs stand for; Terraform finds it valid. */
    async function expectStack(folder: string): Promise<void> {
      const stack = join(folder, 'cdktf.out', 'stacks', 'mail')
      const { resource, output } = JSON.parse(await readFile(join(stack, 'cdk.tf.json'), 'utf8'), (key, value) =>
        key === '//' ? undefined : value,
      )
      expect(resource).toEqual(resources)
      expect(output.target.value).toBe(`\${dmarcreport_domain.example.cnames.dmarc.value}`)
      await command(stack, 'terraform', 'init', '-no-color')
      await command(stack, 'terraform', 'validate', '-no-color')
    }

    /** The page shows CDK Terrain; for CDKTF its names differ. */
    const named = (text: string) =>
      framework === 'cdktn'
        ? text
        : text
            .replaceAll('github.com/open-constructs/cdk-terrain-go', 'github.com/hashicorp/terraform-cdk-go')
            .replaceAll('cdktn', 'cdktf')

    it.skipIf(!go)(
      'compiles and runs the Go program',
      { timeout: 2 * COMMAND_TIMEOUT_MS, concurrent: true },
      async () => {
        const made = join(await frameworkIn('go'), 'made', 'go', framework)
        const folder = await generated('go', {
          'go.mod': 'module example.test/mail\n\ngo 1.25.0\n',
          'main.go': named(sample('go', 'package main')),
        })
        const module = named('github.com/open-constructs/cdk-terrain-go/cdktn')
        // Of constructs, the proxies of some networks have the newest release alone.
        const constructs = 'github.com/aws/constructs-go/constructs/v10@v10.8.1'
        const edits = [`-require=${module}@v${release}`, `-replace=${module}=${made}`, `-require=${constructs}`]
        await command(folder, 'go', 'mod', 'edit', ...edits)
        await command(folder, 'go', 'mod', 'tidy')
        await command(folder, 'go', 'build', '-o', 'program', '.')
        await command(folder, join(folder, 'program'))
        await expectStack(folder)
      },
    )

    if (framework === 'cdktf') return
    it.skipIf(!java.available)(
      peerTitle('compiles and runs the Java program', java),
      { timeout: 2 * COMMAND_TIMEOUT_MS, concurrent: true },
      async () => {
        if (!java.available) return
        const made = join(await frameworkIn('java'), 'classes')
        const folder = await generated('java', {})
        const program = sample('java', 'public static void main')
        await writeFile(join(folder, 'src', 'main', 'java', 'Main.java'), program)
        const classes = join(folder, 'classes')
        await compile(folder, classes, [made])
        await command(folder, java.java, '-cp', [classes, made, java.classPath].join(delimiter), 'Main')
        await expectStack(folder)
      },
    )
  })
})
