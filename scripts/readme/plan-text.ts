import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { root } from '../lib/bootstrap.mjs'
import { buildProvider, mirror } from '../main-job/declare-with-terraform.ts'
import { findTerraform, TerraformWorkspace } from '../main-job/terraform-workspace.ts'

const PLAN_TIMEOUT_MS = 5 * 60_000

/** The first code block of a language in the root README. Throws when there is none. */
export async function readmeBlock(language: string): Promise<string> {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const [, code] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme) ?? []
  if (code === undefined) throw new Error(`README.md has no block of ${language}`)
  return code
}

/** What `terraform plan` prints about the domain of the README's configuration, against the sandbox, and its last line. */
export async function planText(): Promise<string> {
  const terraform = findTerraform()
  if (!terraform) throw new Error('Neither terraform nor tofu is on the PATH.')
  await buildProvider()
  const sandbox = await createSandbox()
  const configuration = await mkdtemp(join(tmpdir(), 'readme-'))
  try {
    await writeFile(join(configuration, 'main.tf'), await readmeBlock('hcl'))
    const workspace = await TerraformWorkspace.create({
      program: terraform.program,
      configuration,
      mirror,
      sandbox,
      signal: AbortSignal.timeout(PLAN_TIMEOUT_MS),
    })
    try {
      await workspace.run(['init'])
      const lines: string[] = []
      await workspace.run(['plan'], (line) => lines.push(line))
      return pickDomain(lines)
    } finally {
      await workspace.remove()
    }
  } finally {
    await rm(configuration, { recursive: true })
    await sandbox.close()
  }
}

function pickDomain(lines: string[]): string {
  const from = lines.findIndex((line) => line.startsWith('  # dmarcreport_domain.'))
  const to = lines.indexOf('    }', from)
  const summary = lines.find((line) => line.startsWith('Plan:'))
  if (from < 0 || to < 0 || !summary) throw new Error(`terraform plan printed no domain:\n${lines.join('\n')}`)
  return [...lines.slice(from, to + 1), '', summary].join('\n')
}
