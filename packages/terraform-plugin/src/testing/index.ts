export { type PlanAction, PlanCheck, StateCheck } from './checks.ts'
export { type ReportedDiagnostic, TerraformError } from './diagnostics.ts'
export { echoProvider } from './echo-provider.ts'
export type { PlannedChange, PlannedOutput } from './plan.ts'
export type { QueryOptions, QueryResult } from './query.ts'
export type { ShownState } from './state.ts'
export { type RunOptions, runSteps, type TestStep } from './steps.ts'
export { type InstalledTerraform, installedTerraforms, isAtLeast, type Releases } from './terraform-process.ts'
export {
  type CommandOptions,
  type Planned,
  type TestOptions,
  TestWorkspace,
  testProvider,
  type VerifyImportOptions,
} from './test-provider.ts'
