import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** The name of what a process keeps in the temporary folder, before its random part. */
export const workspacePrefix = (pid: number | string = process.pid) => `terraform-test-${pid}-`

const ours = /^(?:terraform-test-(\d+)-\w+|tf-plugin-(\d+)-[0-9a-f]+\.sock)$/

/** Removes the workspaces and sockets that killed test runs and killed providers left in a folder. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, workspace, socket] = ours.exec(name) ?? []
    const pid = Number(workspace ?? socket)
    // What belongs to somebody else is theirs to remove.
    if (pid > 0 && !isAlive(pid)) await rm(join(folder, name), { recursive: true, force: true }).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
