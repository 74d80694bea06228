import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { App, TerraformStack } from './framework.ts'
import { Tag } from './tag.ts'

let outdir: string
beforeEach(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'output-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(outdir, { recursive: true, force: true })
})

function synth(options: { hclOutput?: boolean } = {}): void {
  const app = new App({ outdir, ...options })
  const stack = new TerraformStack(app, 'stack')
  new Tag(stack, 'a')
  new Tag(stack, 'b')
  app.synth()
}
const without = (message: string) => message.replaceAll('found HCL as the output format', '')

it.each<[string, () => void]>([
  ['an option of the app', () => synth({ hclOutput: true })],
  [
    'a variable',
    () => {
      vi.stubEnv('SYNTH_HCL_OUTPUT', 'true')
      synth()
    },
  ],
])('HCL output is refused with the reason, once: by %s', (_, run) => {
  expect(run).toThrow('[stack/a] found HCL as the output format, expected JSON')
  try {
    run()
  } catch (error) {
    const { message } = error as Error
    expect(message.length - without(message).length).toBe('found HCL as the output format'.length)
  }
})
