import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The folder in which Terraform keeps its working data. */
export const dataFolder = (env: Environment): string => env.TF_DATA_DIR || '.terraform'

/** The selected workspace. The plugin protocol does not name it, so it is read where Terraform reads it. */
export function selectedWorkspace(env: Environment): string {
  if (env.TF_WORKSPACE) return env.TF_WORKSPACE
  try {
    return readFileSync(join(dataFolder(env), 'environment'), 'utf8').trim() || 'default'
  } catch {
    return 'default'
  }
}
