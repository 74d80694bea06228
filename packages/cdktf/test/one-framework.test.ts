import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { peersFolder } from './peers.ts'

const run = promisify(execFile)

/** Runs a program below the built package; answers what it prints to standard error. */
async function errorsOf(text: string): Promise<string> {
  await mkdir(join(peersFolder, 'runs'), { recursive: true })
  const folder = await mkdtemp(join(peersFolder, 'runs', 'frameworks-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'main.mjs'), text)
  const options = { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } }
  const { stderr } = await run(process.execPath, ['main.mjs'], options).catch((error) => error as { stderr: string })
  return stderr
}

const program = (framework: string, entry: string, create: string) => `
import * as ours from '${entry}'
import { App, TerraformStack } from '${framework}'
class MailStack extends TerraformStack {}
const app = new App()
const stack = new MailStack(app, 'mail')
new ours.DmarcreportProvider(stack, 'dmarcreport')
${create}
app.synth()
`

const constructs = [
  ["new ours.Tag(stack, 'made')", 'mail/made'],
  ["new ours.Account(stack, 'made', { title: 'Ltd' })", 'mail/made'],
  ["new ours.MonitoredDomain(stack, 'made', { address: 'a.test' })", 'mail/made'],
  ["new ours.DomainFleet(stack, 'made', { domains: ['b.test'] })", 'mail/made'],
] as const

const frameworks = [
  ['cdktf', '@dmarc-as-code/cdktf'],
  ['cdktn', '@dmarc-as-code/cdktf/cdktn'],
] as const

it.each(
  constructs.flatMap(([create, path]) => [
    ['cdktn', '@dmarc-as-code/cdktf', create, path],
    ['cdktf', '@dmarc-as-code/cdktf/cdktn', create, path],
  ]),
)('a stack of %s refuses what is imported from %s: %s', { timeout: 30_000 }, async (framework, entry, create, path) => {
  const errors = await errorsOf(program(framework, entry, create))
  expect(errors).toContain(`Error: ${path} and its stack are made by two frameworks. Import everything for one of them`)
})

it.each(frameworks)('a stack of %s takes what is imported from %s', { timeout: 30_000 }, async (framework, entry) => {
  expect(
    await errorsOf(
      program(
        framework,
        entry,
        constructs.map(([create]) => create.replace("'made'", `'${create.slice(9, 12)}'`)).join('\n'),
      ),
    ),
  ).toBe('')
})
