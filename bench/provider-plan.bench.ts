import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { platformName } from '@dmarc-as-code/terraform-provider/install'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'
import { peakMemoryMiB } from './peak-memory.ts'
import { builtProvider, workspace } from './provider/workspace.ts'

// A plan in which nothing has changed, over 1,000 domains that the provider reads from a sandbox. The floor is the same plan
// over 1,000 `terraform_data`, which Terraform itself keeps, each holding the values of one domain: most of the time goes
// into what Terraform does with the values, whoever provides them. A second floor with two values each shows how much.
const COUNT = 1_000
const ROUNDS = 5

const required = `terraform {
  required_providers {
    dmarcreport = {
      source = "dmarc-as-code/dmarcreport"
    }
  }
}
`
const address = `d\${count.index}.example.test`
const domains = `${required}resource "dmarcreport_domain" "this" {
  count        = ${COUNT}
  address      = "${address}"
  hosted_dmarc = { policy = "none" }
}
`
const terraformData = (input: string) => `resource "terraform_data" "this" {
  count = ${COUNT}
  input = ${input}
}
`
const twoValues = terraformData(`{ address = "${address}", hosted_dmarc = { policy = "none" } }`)

/** The values of a domain as its state holds them; JSON is HCL too. */
function allValues(state: string): string {
  const { attributes } = JSON.parse(state).resources[0].instances[0]
  return terraformData(JSON.stringify(attributes).replaceAll(attributes.address, address))
}

export default async function providerPlan(): Promise<BenchResult[]> {
  const provider = await builtProvider(platformName())
  const sandbox = await createSandbox()
  try {
    const env = { DMARCREPORT_TOKEN: sandbox.token, DMARCREPORT_ENDPOINT: sandbox.apiUrl }
    const folders = await Promise.all(
      ['binary', 'script', 'all', 'two'].map(async (name) => {
        const folder = join(provider.folder, name)
        await mkdir(folder)
        return folder
      }),
    )
    const [binaryFolder = '', scriptFolder = '', allFolder = '', twoFolder = ''] = folders
    const withBinary = await workspace(binaryFolder, domains, env, { binary: provider.binary })
    const withScript = await workspace(scriptFolder, domains, env, { script: provider.script })
    await withBinary('apply', '-auto-approve', '-parallelism=20')
    const state = join(binaryFolder, 'terraform.tfstate')
    const values = allValues(await readFile(state, 'utf8'))
    const withAll = await workspace(allFolder, values, env, { script: provider.script })
    const withTwo = await workspace(twoFolder, twoValues, env, { script: provider.script })
    await withAll('apply', '-auto-approve')
    await withTwo('apply', '-auto-approve')

    let requests = 0
    sandbox.faults.add({
      fault: { kind: 'drop' },
      matches() {
        requests += 1
        return false
      },
    })
    const memory: Record<string, number> = { binary: 0, script: 0 }
    const perPlan: number[] = []
    const plan =
      (form: 'binary' | 'script', ...args: string[]) =>
      async () => {
        requests = 0
        const stop = watchMemory((mib) => {
          memory[form] = Math.max(memory[form] ?? 0, mib)
        })
        const elapsed = await milliseconds(() =>
          (form === 'binary' ? withBinary : withScript)('plan', '-detailed-exitcode', ...args),
        )
        stop()
        perPlan.push(requests)
        return elapsed
      }
    const samples = await interleave(ROUNDS, {
      all: () => milliseconds(() => withAll('plan', '-detailed-exitcode')),
      two: () => milliseconds(() => withTwo('plan', '-detailed-exitcode')),
      binary: plan('binary'),
      script: plan('script', `-state=${state}`),
    })
    const speed = (['binary', 'script'] as const).flatMap((form): BenchResult[] => {
      const value = median(samples[form])
      const name = `provider-plan: no-change plan of 1,000 domains, ${form}`
      const [all, two] = [value / median(samples.all), value / median(samples.two)]
      return [
        {
          name,
          value,
          unit: 'ms',
          target: 'at most 1.6 times terraform_data of the same values',
          ratio: all,
          pass: all <= 1.6,
        },
        { name: `${name}, against two values`, value, unit: 'ms', target: 'for comparison', ratio: two, pass: true },
      ]
    })
    const peaks = (['binary', 'script'] as const).map((form): BenchResult => {
      const value = memory[form] ?? 0
      const name = `provider-plan: peak memory at 1,000 domains, ${form}`
      return { name, value, unit: 'MiB', target: 'below 100 MiB', ratio: null, pass: value > 0 && value < 100 }
    })
    const most = Math.max(...perPlan)
    const name = 'provider-plan: API requests of a no-change plan of 1,000 domains'
    const counted: BenchResult = {
      name,
      value: most,
      unit: 'requests',
      target: 'at most 5',
      ratio: null,
      pass: most > 0 && most <= 5,
    }
    return [...speed, ...peaks, counted]
  } finally {
    await sandbox.close()
    await provider.remove()
  }
}

/** Looks at the provider's processes every few milliseconds, by the name Terraform starts them under. */
function watchMemory(seen: (mib: number) => void): () => void {
  const timer = setInterval(() => {
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry) || !commandLine(entry).includes('terraform-provider-dmarcreport_v')) continue
      const mib = peakMemoryMiB(Number(entry))
      if (mib !== undefined) seen(mib)
    }
  }, 20)
  return () => clearInterval(timer)
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
