import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { selectedWorkspace } from './workspace.ts'

describe('the selected workspace', () => {
  it('is that of TF_WORKSPACE, else that of the data folder, else the default one', async () => {
    const path = await mkdtemp(join(tmpdir(), 'workspace-'))
    onTestFinished(() => rm(path, { recursive: true, force: true }))
    expect(selectedWorkspace({ TF_DATA_DIR: path })).toBe('default')
    await writeFile(join(path, 'environment'), 'staging')
    expect(selectedWorkspace({ TF_DATA_DIR: path })).toBe('staging')
    expect(selectedWorkspace({ TF_DATA_DIR: path, TF_WORKSPACE: 'live' })).toBe('live')
  })
})
