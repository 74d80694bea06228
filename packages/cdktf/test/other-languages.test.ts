import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { dmarcreportMirror } from '../../../test-support/provider-mirror.ts'
import { installFlags, NPM_TIMEOUT_MS, npm } from './archives.ts'
import { sandboxEnv } from './examples/sandbox-env.ts'
import peers from './peers.json' with { type: 'json' }

const run = promisify(execFile)
const page = await readFile(join(import.meta.dirname, '..', 'OTHER-LANGUAGES.md'), 'utf8')
const [release] = [peers['cdktn-cli'].version]

/** The code on the page in a language; of several samples, the one that contains a text. */
function sample(language: string, containing: string): string {
  const all = [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'))]
  const found = all.find(([, , code = '']) => code.includes(containing))
  if (!found) throw new Error(`OTHER-LANGUAGES.md has no sample in ${language} with ${containing}.`)
  const [, indent = '', code = ''] = found
  return code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
}

describe.skipIf(!hasPrograms('terraform'))('the page for other languages', () => {
  let base: string
  let sandbox: Sandbox
  let env: NodeJS.ProcessEnv
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'languages-'))
    sandbox = await createSandbox()
    env = {
      ...process.env,
      ...sandboxEnv(sandbox, { ...sandbox.dns, key: sandbox.tsig }),
      NODE_OPTIONS: '',
      CHECKPOINT_DISABLE: '1',
      CI: 'true',
      TF_CLI_CONFIG_FILE: await dmarcreportMirror(base),
    }
    await writeFile(join(base, 'package.json'), '{ "private": true }')
    await npm(['install', ...installFlags, `cdktn-cli@${release}`], base)
  }, 2 * NPM_TIMEOUT_MS)
  afterAll(async () => {
    await sandbox?.close()
    await rm(base, { recursive: true, force: true })
  })

  const inFolder = (cwd: string) => async (program: string, args: readonly string[]) => {
    try {
      return (await run(program, args, { cwd, env, timeout: NPM_TIMEOUT_MS, maxBuffer: 1 << 24 })).stdout
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
      throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
    }
  }

  /** A project with the page's cdktf.json, whose bindings are generated. */
  async function generated(language: string, output: string): Promise<string> {
    const folder = join(base, language)
    await mkdir(folder)
    const config = JSON.parse(sample('json', 'terraformProviders'))
    await writeFile(
      join(folder, 'cdktf.json'),
      JSON.stringify({ ...config, language, codeMakerOutput: output, sendCrashReports: 'false' }),
    )
    await inFolder(folder)(process.execPath, [join(base, 'node_modules', '.bin', 'cdktn'), 'get'])
    return folder
  }

  it.skipIf(!hasPrograms('python3'))(
    'has a Python program that is applied and has nothing to do after that, with the line that imports need',
    { timeout: 4 * NPM_TIMEOUT_MS },
    async () => {
      const folder = await generated('python', 'imports')
      const command = inFolder(folder)
      const python = join(folder, 'venv', 'bin', 'python3')
      await command('python3', ['-m', 'venv', 'venv'])
      await command(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `cdktn==${release}`])
      await writeFile(join(folder, 'main.py'), sample('python', 'import'))
      await expect(command(python, ['main.py'])).rejects.toThrow(
        "No module named 'imports.dmarcreport.provider.functions'",
      )
      await command('bash', ['-euc', sample('sh', 'functions.py')])
      await command(python, ['main.py'])
      const terraform = (...args: string[]) => inFolder(join(folder, 'cdktf.out/stacks/mail'))('terraform', args)
      await terraform('init', '-no-color')
      await terraform('validate', '-no-color')
      await terraform('apply', '-auto-approve', '-no-color')
      const outputs = JSON.parse(await terraform('output', '-json'))
      expect(outputs.ready.value).toBe(true)
      expect(outputs.target.value).toMatch(/\.dmarc\.hosted\.test$/)
      // Exit code 2 would mean changes.
      await terraform('plan', '-detailed-exitcode', '-no-color')
    },
  )
})
