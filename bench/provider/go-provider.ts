import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../scripts/lib/bootstrap.mjs'
import { findProgram } from '../../test-support/programs.ts'

const BUILD_TIMEOUT_MS = 10 * 60_000

/** A provider of a few lines on terraform-plugin-framework, compiled; undefined where Go or its modules are not at hand. */
export async function goProvider(): Promise<string | undefined> {
  const go = findProgram('go')
  if (!go) return undefined
  const cache = join(root, '.cache/bench')
  const program = join(cache, 'go-provider')
  await mkdir(cache, { recursive: true })
  const env = {
    ...process.env,
    GOPATH: join(cache, 'go-path'),
    GOCACHE: join(cache, 'go-build'),
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
  }
  const options = { cwd: join(import.meta.dirname, 'go'), env, timeout: BUILD_TIMEOUT_MS }
  try {
    // As releases are built: without symbol table and debugging information.
    await promisify(execFile)(go, ['build', '-trimpath', '-ldflags=-s -w', '-o', program, '.'], options)
  } catch (error) {
    console.error(`The provider in Go could not be built: ${(error as { stderr?: string }).stderr || error}`)
    return undefined
  }
  return program
}
