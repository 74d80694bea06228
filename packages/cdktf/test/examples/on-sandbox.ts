import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { openProject, type Project } from '../project.ts'
import { sandboxEnv } from './sandbox-env.ts'

export const exampleFolder = (name: string) => join(import.meta.dirname, '../../../../examples', name)

export interface OnSandbox {
  readonly sandbox: Sandbox
  readonly project: Project
  close(): Promise<void>
}

/** Copies an example and starts a sandbox for it, whose own DNS its records are written to. `fill` comes before the project. */
export async function onSandbox(
  name: string,
  stack: string,
  fill: (sandbox: Sandbox) => Promise<void> = async () => {},
): Promise<OnSandbox> {
  const sandbox = await createSandbox()
  try {
    await fill(sandbox)
    const env = sandboxEnv(sandbox, { ...sandbox.dns, key: sandbox.tsig })
    const project = await openProject({ from: exampleFolder(name), stack, env })
    const close = async () => {
      await project.close()
      await sandbox.close()
    }
    return { sandbox, project, close }
  } catch (error) {
    await sandbox.close()
    throw error
  }
}
