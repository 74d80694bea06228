import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { installIntoMirror } from '@dmarc-as-code/terraform-provider/install'
import { root } from '../lib/bootstrap.mjs'
import type { Steps } from './steps.ts'
import type { TerraformWorkspace } from './terraform-workspace.ts'

const BUILD_TIMEOUT_MS = 5 * 60_000
const NO_CHANGES = 0
const CHANGES = 2

/** The folder from which `terraform init` takes the local build. Inside the clone, so that nothing is left elsewhere. */
export const mirror = join(root, '.cache', 'provider-mirror')

/** The configuration that declares `sampleDomains`: the quickstart example. */
export const configuration = join(root, 'examples', 'terraform-quickstart')

/** Builds the provider (Turborepo skips what has not changed) and puts it into the mirror. */
export async function buildProvider(): Promise<void> {
  const built = spawnSync(
    'turbo',
    ['run', 'build', '--filter=@dmarc-as-code/terraform-provider', '--output-logs=errors-only'],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: BUILD_TIMEOUT_MS,
    },
  )
  if (built.status !== 0)
    throw new Error(`Could not build the provider:\n${built.stdout}${built.stderr}`, { cause: built.error })
  await installIntoMirror(mirror)
}

/** The main job by Terraform: init, plan, apply, and a second plan that must be empty. */
export async function declareWithTerraform(title: string, workspace: TerraformWorkspace, steps: Steps): Promise<void> {
  const isSummary = (line: string) => /^(Plan:|Apply complete|No changes)/.test(line)
  await steps.run(`${title}: init and plan`, async (progress) => {
    await workspace.run(['init'])
    const onLine = (line: string) => {
      const change = /^ {2}# (.+) will be (\w+)/.exec(line)
      if (change) progress(`${change[1]} will be ${change[2]}`)
      else if (isSummary(line)) progress(line)
    }
    await workspace.run(['plan', '-out=plan.tfplan'], onLine)
  })
  await steps.run(`${title}: apply (domains, CNAMEs, verification)`, async (progress) => {
    await workspace.run(['apply', 'plan.tfplan'], (line) => {
      if (isSummary(line) || /: Creation complete/.test(line)) progress(line)
    })
  })
  await steps.run(`${title}: a second plan is empty`, async (progress) => {
    const onLine = (line: string) => isSummary(line) && progress(line)
    const code = await workspace.run(['plan', '-detailed-exitcode'], onLine, [NO_CHANGES, CHANGES])
    if (code === CHANGES)
      throw new Error('The second plan is not empty: the applied state differs from the configuration.')
  })
}
