import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { findTerraform } from './terraform-workspace.ts'

const run = promisify(execFile)
const TIMEOUT_MS = 120_000

const mainJob = (...args: string[]) =>
  run(process.execPath, ['--conditions=@dmarc-as-code/source', join(import.meta.dirname, 'run.ts'), ...args], {
    timeout: TIMEOUT_MS,
  })

it('without Terraform everything becomes ready through the API client', { timeout: TIMEOUT_MS }, async () => {
  const { stdout } = await mainJob('--once', '--client')
  expect(stdout).not.toContain('Terraform')
  expect(stdout).toMatch(/replace +_dmarc\.shop\.test/)
  expect(stdout).toMatch(/policy file +https:\/\/mta-sts\.example\.test\/\S+ +active/)
  expect(stdout).toContain('    mx: mail.example.test')
  expect(stdout).toMatch(/shop\.test: \d+ messages reported; ready for quarantine/)
  expect(stdout).toMatch(/example\.test: .* not ready for reject: 1 sources without an answer \(newsletter\.example\)/)
  expect(stdout.trim().endsWith('All domains are ready.')).toBe(true)
})

describe.skipIf(!findTerraform())('terraform or tofu', () => {
  it('declares the same domains, and a second plan is empty', { timeout: TIMEOUT_MS }, async () => {
    const { stdout } = await mainJob('--once')
    expect(stdout).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed/)
    expect(stdout).toContain('No changes.')
    expect(stdout.trim().endsWith('All domains are ready.')).toBe(true)
  })
})

it('fails on an option that does not exist, and names those that do', async () => {
  await expect(mainJob('--twice')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Unknown option --twice.*--once/),
  })
})
