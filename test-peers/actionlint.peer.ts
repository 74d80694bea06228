import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { root } from '../scripts/lib/bootstrap.mjs'
import { goPeer } from './support/go.ts'
import { peerTitle } from './support/installing.ts'

const RELEASE = 'v1.7.12'
const peer = await goPeer('github.com/rhysd/actionlint/cmd/actionlint', RELEASE)

describe.skipIf(!peer.available)(peerTitle(`actionlint ${RELEASE}`, peer), () => {
  const lint = (files: readonly string[]) => {
    if (!peer.available) throw new Error(peer.why)
    return promisify(execFile)(peer.program, ['-no-color', ...files], { cwd: root })
  }

  it.each(['.github/workflows', 'examples/ci/.github/workflows'])('finds no fault in %s', async (folder) => {
    const files = (await readdir(join(root, folder))).map((file) => join(root, folder, file))
    expect(files.length).toBeGreaterThan(0)
    await lint(files)
  })

  it('finds a workflow that runs text of a pull request', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'actionlint-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'bad.yml')
    await writeFile(
      file,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow
      'on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ github.event.pull_request.title }}"\n',
    )
    await expect(lint([file])).rejects.toMatchObject({ stdout: expect.stringContaining('untrusted') })
  })
})
