import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeLeftovers, workspacePrefix } from './leftovers.ts'

it('removes what dead processes left, and nothing else', async () => {
  const gone = spawn(process.execPath, ['-e', ''])
  await once(gone, 'exit')
  const folder = await mkdtemp(join(tmpdir(), 'leftovers-'))
  try {
    const kept = [
      `${workspacePrefix()}abc123`,
      `tf-plugin-${process.pid}-0123456789ab.sock`,
      `terraform-test-${gone.pid}`,
      `tf-plugin-${gone.pid}-0123456789ab.sock.bak`,
      'terraform-test-abcdef',
    ]
    await mkdir(join(folder, `${workspacePrefix(gone.pid)}Xy_12z`))
    await writeFile(join(folder, `${workspacePrefix(gone.pid)}Xy_12z`, 'main.tf'), '')
    for (const name of [`tf-plugin-${gone.pid}-0123456789ab.sock`, ...kept]) await writeFile(join(folder, name), '')
    await removeLeftovers(folder)
    expect((await readdir(folder)).sort()).toEqual(kept.sort())
  } finally {
    await rm(folder, { recursive: true })
  }
})
