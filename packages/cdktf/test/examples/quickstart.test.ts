import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { exampleFolder } from './on-sandbox.ts'

const repository = join(import.meta.dirname, '../../../..')
const readme = await readFile(join(exampleFolder('terraform-quickstart'), 'README.md'), 'utf8')
/** The commands of the page, block by block, without comments. */
const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) =>
  block
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '')),
)
const COMMAND_TIMEOUT_MS = 300_000

/** Runs one line in bash; a question is answered with yes, as a person would. */
function bash(line: string, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_OPTIONS: '' }
    const options = { cwd, env, timeout: COMMAND_TIMEOUT_MS, maxBuffer: 1 << 24 }
    const child = execFile('bash', ['-euc', line], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${line} failed:\n${stdout}${stderr}`, { cause: error }))
      else resolve(stdout)
    })
    child.stdin?.end('yes\n')
  })
}

describe.skipIf(!hasPrograms('terraform', 'bash'))('the quickstart, word by word', () => {
  let server: ChildProcess | undefined
  let folder: string | undefined
  afterAll(async () => {
    if (server?.exitCode === null) {
      const closed = new Promise((resolve) => server?.once('close', resolve))
      // The whole group, as Ctrl-C in a terminal: npx and npm do not pass signals on.
      process.kill(-(server.pid ?? 0), 'SIGINT')
      await closed
    }
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  /** Starts the sandbox; answers the lines that it prints to be pasted. */
  function sandbox(line: string): Promise<string> {
    const child = spawn('bash', ['-euc', `exec ${line}`], {
      cwd: repository,
      env: { ...process.env, NODE_OPTIONS: '' },
      detached: true,
    })
    server = child
    return new Promise((resolve, reject) => {
      let printed = ''
      child.once('error', reject)
      child.once('close', () => reject(new Error(`${line} ended:\n${printed}`)))
      child.stderr.on('data', (data) => (printed += data))
      child.stdout.on('data', (data) => {
        printed += data
        if (!/^Try:$/m.test(printed)) return
        resolve((printed.match(/^ *export .*$/gm) ?? []).join('\n'))
      })
    })
  }

  it('ends with an empty plan, and puts back what stood in the zones', {
    timeout: 4 * COMMAND_TIMEOUT_MS,
  }, async () => {
    const [first = [], second = []] = blocks
    expect(blocks).toHaveLength(2)
    for (const line of first.slice(0, -1)) await bash(line, repository)
    const pasted = await sandbox(first.at(-1) ?? '')
    expect(pasted.split('\n').length).toBeGreaterThan(5)
    // A copy, so that no state is left in the repository; the mirror lies beside it as it does there.
    folder = await mkdtemp(join(tmpdir(), 'quickstart-'))
    await mkdir(join(folder, 'examples'))
    const copy = join(folder, 'examples', 'terraform-quickstart')
    await cp(exampleFolder('terraform-quickstart'), copy, { recursive: true })
    await symlink(join(repository, '.provider-mirror'), join(folder, '.provider-mirror'))
    const [variable = '', ...commands] = second
    expect(commands).toEqual(['terraform init', 'terraform apply', 'terraform plan', 'terraform destroy'])
    const printed: string[] = []
    for (const line of commands) printed.push(await bash([pasted, variable, line].join('\n'), copy))
    const [, applied, planned, destroyed] = printed
    expect(applied).toMatch(/"example\.test" = true/)
    expect(planned).toContain('No changes.')
    expect(destroyed).toContain('Destroy complete!')
  })
})
