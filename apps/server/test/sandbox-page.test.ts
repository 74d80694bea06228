import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const page = readFileSync(new URL('../SANDBOX.md', import.meta.url), 'utf8')
const samples = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)

describe('the samples of SANDBOX.md', () => {
  it('are found', () => {
    expect(samples).toHaveLength(3)
  })

  it.each(samples.map((code, index) => [index + 1, code] as const))('run as they stand: number %i', async (_, code) => {
    const flags = ['--conditions=@dmarc-as-code/source', '--input-type=module-typescript', '--eval', code]
    const cwd = fileURLToPath(new URL('..', import.meta.url))
    const { stderr } = await promisify(execFile)(process.execPath, flags, { cwd, timeout: 60_000 })
    expect(stderr).toBe('')
  })
})
