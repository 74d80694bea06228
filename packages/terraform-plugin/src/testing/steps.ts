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
  /** The plan after the apply must have changes, which are a fault otherwise. */
  readonly expectNonEmptyPlan?: boolean
  /** Brings the state up to date with the objects and changes nothing; then the plan must be empty. */
  readonly refresh?: boolean
  /** Imports an object of the state again, and compares: see `TestWorkspace.verifyImport`. */
  readonly import?: {
    readonly address: string
    /** The identifier, or how to find it in the state. Default: the attribute `id`. */
    readonly id?: string | ((state: StateCheck) => string)
    /**
     * By `terraform import` (default), by an `import` block with the identifier, or by one with the identity that is stored
     * (Terraform 1.12 and later). A block is planned and not applied.
     */
    readonly by?: 'command' | 'block' | 'identity'
    /** Attributes that an import cannot know. */
    readonly ignore?: readonly string[]
  }
  /** Destroys everything. */
  readonly destroy?: boolean
}

export interface RunOptions {
  /**
   * Called when everything is destroyed, with the state as it was before, to see that the objects are really gone. What it throws
   * fails the test.
   */
  checkDestroy?(before: StateCheck): unknown
}

/** A configuration with the variables it needs. */
interface Setup {
  readonly config: string
  readonly variables: NonNullable<CommandOptions['variables']>
}

/**
 * Runs the steps of an acceptance test one after the other, and destroys at the end what they left, also after a failure: with
 * the configuration and the variables of the last step, so that the provider is configured as it was. Rejects where destroying
 * fails.
 */
export async function runSteps(
  workspace: TestWorkspace,
  steps: readonly TestStep[],
  { checkDestroy }: RunOptions = {},
): Promise<void> {
  const destroyAll = async (setups: readonly (Setup | undefined)[]) => {
    const before = checkDestroy && new StateCheck(await workspace.state())
    const failure = await destroy(workspace, setups)
    if (failure || !before) return failure
    try {
      await checkDestroy(before)
      return undefined
    } catch (error) {
      return error as Error
    }
  }
  let valid: Setup | undefined
  let tried: Setup | undefined
  try {
    for (const [index, step] of steps.entries()) {
      tried = setupOf(step, valid)
      try {
        await runStep(workspace, step)
        if (step.expectError === undefined) valid = tried
        else await workspace.write(valid?.config ?? '')
      } catch (error) {
        const name = step.name === undefined ? '' : ` (${step.name})`
        throw new Error(`Step ${index + 1}${name}: ${(error as Error).message}`, { cause: error })
      }
    }
  } catch (error) {
    // What the test found comes first; objects that are left are told as well.
    const failure = await destroyAll([tried, valid])
    if (!failure) throw error
    const { message } = error as Error
    throw new Error(`${message}\n\nDestroying what the steps left failed as well: ${failure.message}`, { cause: error })
  }
  const failure = await destroyAll([valid, tried])
  if (failure) throw new Error(`Destroying what the steps left failed: ${failure.message}`, { cause: failure })
}

function setupOf(step: TestStep, before: Setup | undefined): Setup {
  const variables = step.variables ?? (step.config === undefined ? before?.variables : undefined)
  return { config: step.config ?? before?.config ?? '', variables: variables ?? {} }
}

/**
 * Destroys with the first configuration that can: one that failed may be none that Terraform can read. Returns why the first
 * cannot, where none can.
 */
async function destroy(workspace: TestWorkspace, setups: readonly (Setup | undefined)[]): Promise<Error | undefined> {
  let failure: Error | undefined
  for (const { config, variables } of new Set(setups.filter((setup) => setup !== undefined))) {
    try {
      await workspace.write(config)
      await workspace.destroy({ variables })
      return undefined
    } catch (error) {
      failure ??= error as Error
    }
  }
  return failure
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
    const { address, id = (state: StateCheck) => String(state.value(address, 'id')), ignore, by } = step.import
    const stored = new StateCheck(await workspace.state())
    if (by === 'identity') {
      return workspace.verifyImport(address, { identity: stored.identity(address) }, { ignore, variables })
    }
    const known = typeof id === 'string' ? id : id(stored)
    return workspace.verifyImport(address, known, { ignore, variables, block: by === 'block' })
  }
  const checkPlan = async () => {
    const { changes, outputs } = await workspace.plan(undefined, options)
    await step.plan?.(new PlanCheck(changes, outputs))
  }
  const expectSettled = async () => {
    if (!step.expectNonEmptyPlan) return workspace.expectEmptyPlan({ variables })
    const { changes, outputs } = await workspace.plan(undefined, { variables })
    new PlanCheck(changes, outputs).expectNonEmpty()
  }
  if (step.refresh) {
    await workspace.apply(undefined, { variables, args: ['-refresh-only', ...args] })
    await step.state?.(new StateCheck(await workspace.state()))
    if (step.plan) await checkPlan()
    await expectSettled()
    return
  }
  if (step.plan || step.planOnly) await checkPlan()
  if (step.planOnly) return
  await workspace.apply(undefined, options)
  await step.state?.(new StateCheck(await workspace.state()))
  await expectSettled()
}
