import { DmarcReportClient, waitUntilReady } from '@dmarc-as-code/client'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { declareWithClient } from './declare-with-client.ts'
import { buildProvider, configuration, declareWithTerraform, mirror } from './declare-with-terraform.ts'
import { sampleDomains } from './domains.ts'
import { fetchPolicy } from './fetch-policy.ts'
import { hasDisplay, openApp } from './open-app.ts'
import { playReports } from './play-reports.ts'
import { showStatus } from './show-status.ts'
import { Steps } from './steps.ts'
import { findTerraform, TerraformWorkspace } from './terraform-workspace.ts'

// The main job: declares domains, publishes their CNAMEs, verifies them, fetches the policy and plays a month of reports, all on
// this machine.
//   --once      exit when done: code 0 when everything is ready
//   --client    declare through the API client, even where Terraform or OpenTofu is installed
const READY_WITHIN_MS = 60_000
const known = new Set(['--once', '--client'])
const unknown = process.argv.slice(2).find((arg) => !known.has(arg))
if (unknown !== undefined) {
  console.error(
    `Unknown option ${unknown}. Options: --once (exit when everything is ready), --client (do not use Terraform).`,
  )
  process.exit(2)
}
const once = process.argv.includes('--once')
const stop = new AbortController()
process.once('SIGINT', () => stop.abort(new Error('stopped by the user')))
process.once('SIGTERM', () => stop.abort(new Error('stopped')))

const print = (line: string) => console.log(line)
const steps = new Steps()
let exitCode = 0
const terraform = process.argv.includes('--client') ? undefined : findTerraform()
if (terraform) await steps.run('Build the Terraform provider into a local mirror', buildProvider)
else if (!process.argv.includes('--client'))
  print('Neither terraform nor tofu is on the PATH. Declaring the domains through the API client instead.\n')
const sandbox = await steps.run('Start the sandbox: API, hosted zone, customer DNS, policy host', async (progress) => {
  const started = await createSandbox()
  for (const line of started.describe().split('\n\n')[0]?.split('\n') ?? []) progress(line)
  return started
})
let workspace: TerraformWorkspace | undefined
let app: Awaited<ReturnType<typeof openApp>> | undefined
try {
  if (terraform) {
    const { program } = terraform
    workspace = await TerraformWorkspace.create({ program, configuration, mirror, sandbox, signal: stop.signal })
  }
  await mainJob(stop.signal)
  if (!once) {
    print(
      `\nThe sandbox keeps running. In another terminal, ${sandbox.describe().split('\n\n')[1]?.replace('Try:', 'try:')}`,
    )
    if (workspace) print(nextCommands(workspace))
    if (hasDisplay()) {
      print('\nDMARC Watch opens with this sandbox. Its icon is in the tray.')
      app = await openApp(sandbox, print)
    } else {
      print(
        '\nNo display found. On a machine with a display, DMARC Watch opens with this sandbox; `npm run desktop` starts it by itself.',
      )
    }
    print('\nPress Ctrl-C to stop and remove everything.')
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }))
  }
} catch (error) {
  const stoppedByUser = stop.signal.aborted && !once
  if (!stoppedByUser) {
    exitCode = 1
    console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  }
} finally {
  await app?.close()
  await workspace?.remove()
  await sandbox.close()
}
process.exit(exitCode)

async function mainJob(signal: AbortSignal): Promise<void> {
  const client = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl })
  if (terraform && workspace) await declareWithTerraform(terraform.title, workspace, steps)
  else await declareWithClient(sandbox, client, steps, signal)

  await steps.run('Verify until ready', async (progress) => {
    const domains = await client.domains.listByAccount(sandbox.accountId, { signal }).all()
    await Promise.all(
      domains.map((domain) =>
        waitUntilReady(
          client,
          { accountId: sandbox.accountId, domainId: domain.id },
          {
            signal,
            timeout: READY_WITHIN_MS,
            interval: 500,
            onProgress: ({ overall_status, missing }) => {
              const what = missing.map((check) => `${check.name ?? check.kind} ${check.status}`).join(', ')
              progress(`${domain.address}: ${overall_status ?? 'no answer'}${what ? ` (${what})` : ''}`)
            },
          },
        ),
      ),
    )
  })

  const { allReady, lines } = await steps.run('Check every record again', async () => {
    const lines: string[] = []
    return { allReady: await showStatus(client, sandbox.accountId, (line) => lines.push(line), signal), lines }
  })
  print(`\n${lines.join('\n')}\n`)
  if (!allReady) throw new Error('Some records are not ready. See the table above.')

  for (const { address, mtaSts } of sampleDomains) {
    if (!mtaSts) continue
    const policy = await steps.run(`Fetch the MTA-STS policy of ${address} over HTTPS`, () =>
      fetchPolicy(address, { connect: sandbox.policyHost, ca: sandbox.caCertificate, signal }),
    )
    print(`\n${policy.url} (certificate issued by ${policy.issuer})`)
    for (const line of policy.text.trim().split(/\r?\n/)) print(`    ${line}`)
  }
  await playReports(sandbox, client, steps, signal)
  print('\nAll domains are ready.')
}

/** The commands that open the Terraform folder of this run in another terminal. */
function nextCommands({ folder, environment }: TerraformWorkspace): string {
  const exports = Object.entries(environment).map(([name, value]) => `  export ${name}='${value}'`)
  return `\nChange the configuration and apply it again:\n  cd ${folder}\n${exports.join('\n')}\n  terraform plan`
}
