import { PlanCheck, StateCheck } from './checks.ts'
import type { CommandOptions, TestWorkspace } from './test-provider.ts'

/** One step of an acceptance test. Without `import` and `destroy` it applies a configuration and checks that it converges. */
export interface TestStep extends CommandOptions {
  /** Named in the error when the step fails. */
  readonly name?: string
  /** Runs first, to change something behind Terraform's back. */
  before?(): unknown
  /** The configuration. Default: that of the step before. */
  readonly config?: string
  /** Looks at the plan before it is applied. */
  plan?(plan: PlanCheck): unknown
  /** Looks at the state after the apply. */
  state?(state: StateCheck): unknown
  /** The step must fail with an error that matches. The next one starts from the configuration before. */
  readonly expectError?: RegExp
  /** Plans and does not apply. */
  readonly planOnly?: boolean
  /** Whether the plan after the apply is allowed to have changes, which is a fault otherwise. */
  readonly expectNonEmptyPlan?: boolean
  /** Imports an object of the state again, and compares: see `TestWorkspace.verifyImport`. */
  readonly import?: {
    readonly address: string
    /** The identifier, or how to find it in the state. Default: the attribute `id`. */
    readonly id?: string | ((state: StateCheck) => string)
    /** Attributes that an import cannot know. */
    readonly ignore?: readonly string[]
  }
  /** Destroys everything. */
  readonly destroy?: boolean
}

/** Runs the steps of an acceptance test one after the other, and destroys at the end what they left, also after a failure. */
export async function runSteps(workspace: TestWorkspace, steps: readonly TestStep[]): Promise<void> {
  let valid = ''
  try {
    for (const [index, step] of steps.entries()) {
      try {
        await runStep(workspace, step)
        // A configuration that fails cannot be destroyed either.
        if (step.expectError !== undefined) await workspace.write(valid)
        else valid = step.config ?? valid
      } catch (error) {
        const name = step.name === undefined ? '' : ` (${step.name})`
        throw new Error(`Step ${index + 1}${name}: ${(error as Error).message}`, { cause: error })
      }
    }
  } catch (error) {
    // What the test found is more important than what is left of it.
    await workspace.write(valid)
    await workspace.destroy().catch(() => {})
    throw error
  }
  await workspace.destroy()
}

async function runStep(workspace: TestWorkspace, step: TestStep): Promise<void> {
  await step.before?.()
  if (step.config !== undefined) await workspace.write(step.config)
  if (step.expectError === undefined) return actOn(workspace, step)
  const { expectError } = step
  const error = await actOn(workspace, step).then(
    () => undefined,
    (thrown: Error) => thrown,
  )
  if (!error) throw new Error(`It succeeded, expected an error that matches ${expectError}.`)
  // Terraform breaks lines to fit a terminal.
  if (!expectError.test(error.message) && !expectError.test(error.message.replace(/\s+/g, ' '))) {
    throw new Error(`It failed with another error than ${expectError}:\n${error.message}`, { cause: error })
  }
}

async function actOn(workspace: TestWorkspace, step: TestStep): Promise<void> {
  const { variables = {}, args = [] } = step
  const options = { variables, args }
  if (step.destroy) return void (await workspace.destroy(options))
  if (step.import) {
    const { address, id = (state: StateCheck) => String(state.value(address, 'id')), ignore = [] } = step.import
    const known = typeof id === 'string' ? id : id(new StateCheck(await workspace.state()))
    return workspace.verifyImport(address, known, { ignore, variables })
  }
  if (step.plan || step.planOnly) {
    const { changes } = await workspace.plan(undefined, options)
    await step.plan?.(new PlanCheck(changes))
  }
  if (step.planOnly) return
  await workspace.apply(undefined, options)
  await step.state?.(new StateCheck(await workspace.state()))
  if (!step.expectNonEmptyPlan) await workspace.expectEmptyPlan({ variables })
}
