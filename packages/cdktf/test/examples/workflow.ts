import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

const STEP_TIMEOUT_MS = 120_000

interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly 'working-directory'?: string
}

export interface RunnerOptions {
  /** Where the workflow is read from: GitHub takes it from the base branch for some events. */
  readonly source: string
  /** The folder the job runs in. */
  readonly workspace: string
  /** What stands in `${{ ... }}`. One that is not here is an error. */
  readonly expressions: Readonly<Record<string, string>>
  /** Does what an action does; an action that is not here is an error. */
  readonly actions: Readonly<Record<string, (settings: Readonly<Record<string, unknown>>) => Promise<void> | void>>
  /** Makes the checkout. */
  readonly before: () => Promise<void>
  readonly env: NodeJS.ProcessEnv
}

export interface StepResult {
  readonly step: string
  readonly outcome: 'success' | 'failure' | 'skipped'
  readonly output: string
}

/** Runs the steps of a job in a GitHub workflow as a runner does, as far as the workflows of the examples go. */
export async function runJob(workflow: string, job: string, options: RunnerOptions): Promise<StepResult[]> {
  await options.before()
  const { jobs } = parse(await readFile(join(options.source, workflow), 'utf8'))
  const { steps, env } = jobs[job] as { steps: Step[]; env?: Record<string, string> }
  const fill = (text: unknown) => filled(String(text), options.expressions)
  const filledEnv = (some: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(some).map(([name, value]) => [name, fill(value)]))
  const results: StepResult[] = []
  const outcomes = new Map<string, string>()
  for (const [index, step] of steps.entries()) {
    const label = step.name ?? step.uses ?? step.run ?? `step ${index}`
    const failed = results.some(({ outcome }) => outcome === 'failure')
    let result: StepResult = { step: label, outcome: 'skipped', output: '' }
    if (isWanted(step.if, failed, outcomes, options.expressions)) {
      if (step.uses !== undefined) {
        const action = options.actions[step.uses]
        if (!action) throw new Error(`The runner has no ${step.uses}.`)
        const settings = Object.entries(step.with ?? {}).map(([name, value]) => [name, fill(value)])
        await action(Object.fromEntries(settings))
        result = { ...result, outcome: 'success' }
      } else {
        const cwd = join(options.workspace, step['working-directory'] ?? '')
        const all = { ...options.env, ...filledEnv(env), ...filledEnv(step.env), GITHUB_WORKSPACE: options.workspace }
        result = { step: label, ...(await bash(fill(step.run ?? ''), cwd, all)) }
      }
    }
    results.push(result)
    if (step.id !== undefined) outcomes.set(step.id, result.outcome)
  }
  return results
}

function filled(text: string, expressions: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
    const value = expressions[expression]
    if (value === undefined) throw new Error(`The runner does not know ${expression}.`)
    return value
  })
}

/** Without a condition, a step runs while no other has failed. */
function isWanted(
  condition: string | undefined,
  failed: boolean,
  outcomes: ReadonlyMap<string, string>,
  expressions: Readonly<Record<string, string>>,
): boolean {
  if (condition === undefined) return !failed
  if (condition === '!cancelled()') return true
  if (expressions[condition] !== undefined) return !failed && expressions[condition] === 'true'
  const [, id] = /^failure\(\) && steps\.(\w+)\.outcome == 'skipped'$/.exec(condition) ?? []
  if (id === undefined) throw new Error(`The runner does not know the condition ${condition}.`)
  return failed && outcomes.get(id) === 'skipped'
}

function bash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Omit<StepResult, 'step'>> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-c', script], { cwd, env, timeout: STEP_TIMEOUT_MS })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
    child.once('error', reject)
    child.once('close', (code) => resolve({ outcome: code === 0 ? 'success' : 'failure', output }))
  })
}
