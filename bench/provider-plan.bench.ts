import { readdirSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { platformName } from '@dmarc-as-code/terraform-provider/install'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'
import { peakMemoryMiB } from './peak-memory.ts'
import { builtProvider, workspace } from './provider/workspace.ts'

// A plan in which nothing has changed, over 1,000 domains that the provider reads from a sandbox. The floor is the same plan
// over 1,000 `terraform_data`, which Terraform itself keeps, with a value of the same kind.
const COUNT = 1_000
const ROUNDS = 3

const required = `terraform {
  required_providers {
    dmarcreport = {
      source = "dmarc-as-code/dmarcreport"
    }
  }
}
`
const domains = `${required}resource "dmarcreport_domain" "this" {
  count        = ${COUNT}
  address      = "d\${count.index}.example.test"
  hosted_dmarc = { policy = "none" }
}
`
const data = `resource "terraform_data" "this" {
  count = ${COUNT}
  input = { address = "d\${count.index}.example.test", hosted_dmarc = { policy = "none" } }
}
`

export default async function providerPlan(): Promise<BenchResult[]> {
  const provider = await builtProvider(platformName())
  const sandbox = await createSandbox()
  try {
    const env = { DMARCREPORT_TOKEN: sandbox.token, DMARCREPORT_ENDPOINT: sandbox.apiUrl }
    const folders = await Promise.all(
      ['binary', 'script', 'floor'].map(async (name) => {
        const folder = join(provider.folder, name)
        await mkdir(folder)
        return folder
      }),
    )
    const [binaryFolder = '', scriptFolder = '', floorFolder = ''] = folders
    const withBinary = await workspace(binaryFolder, domains, env, { binary: provider.binary })
    const withScript = await workspace(scriptFolder, domains, env, { script: provider.script })
    const withData = await workspace(floorFolder, data, env, { script: provider.script })
    await withBinary('apply', '-auto-approve', '-parallelism=20')
    await withData('apply', '-auto-approve')
    const state = join(binaryFolder, 'terraform.tfstate')

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
      floor: () => milliseconds(() => withData('plan', '-detailed-exitcode')),
      binary: plan('binary'),
      script: plan('script', `-state=${state}`),
    })
    const floor = median(samples.floor)
    const speed = (['binary', 'script'] as const).map((form): BenchResult => {
      const value = median(samples[form])
      const name = `provider-plan: no-change plan of 1,000 domains, ${form}`
      return {
        name,
        value,
        unit: 'ms',
        target: 'at most 1.6 times terraform_data',
        ratio: value / floor,
        pass: value <= 1.6 * floor,
      }
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
