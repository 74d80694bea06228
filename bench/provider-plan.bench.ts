import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { platformName } from '@dmarc-as-code/terraform-provider/install'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'
import { peakMemoryMiB } from './peak-memory.ts'
import { configuration, type Shape, variables } from './provider/many-domains.ts'
import { builtProvider, workspace } from './provider/workspace.ts'

// A plan in which nothing has changed, over 1,000 domains that the provider reads from a sandbox. The floor is the same
// configuration, as the quickstart writes it, with 1,000 `terraform_data` in place of the domains, which Terraform keeps
// itself. The barest configuration there is stands beside it for comparison: Terraform's own work on the forty values of a
// domain is most of what it shows.
const ROUNDS = 5

export default async function providerPlan(): Promise<BenchResult[]> {
  const provider = await builtProvider(platformName())
  const sandboxes = [await createSandbox(), await createSandbox()] as const
  try {
    const memory: Record<string, number> = { binary: 0, script: 0 }
    const perPlan: number[] = []
    const plans = async (shape: Shape, sandbox: (typeof sandboxes)[number]) => {
      const env = { DMARCREPORT_TOKEN: sandbox.token, DMARCREPORT_ENDPOINT: sandbox.apiUrl }
      const inFolder = async (name: string, resource: Parameters<typeof configuration>[1]) => {
        const folder = join(provider.folder, `${shape}-${name}`)
        await mkdir(folder)
        if (shape === 'quickstart') await writeFile(join(folder, 'terraform.tfvars.json'), JSON.stringify(variables))
        const form = name === 'binary' ? { binary: provider.binary } : { script: provider.script }
        return workspace(folder, await configuration(shape, resource), env, form)
      }
      const withData = await inFolder('data', 'terraform_data')
      const withBinary = await inFolder('binary', 'dmarcreport_domain')
      const withScript = await inFolder('script', 'dmarcreport_domain')
      await withData('apply', '-auto-approve')
      await withBinary('apply', '-auto-approve', '-parallelism=20')
      const state = join(provider.folder, `${shape}-binary`, 'terraform.tfstate')
      let requests = 0
      sandbox.faults.add({
        fault: { kind: 'drop' },
        matches() {
          requests += 1
          return false
        },
      })
      const watched = async (form: 'binary' | 'script', plan: () => Promise<string>) => {
        requests = 0
        const stop = watchMemory((mib) => {
          memory[form] = Math.max(memory[form] ?? 0, mib)
        })
        const elapsed = await milliseconds(plan)
        stop()
        perPlan.push(requests)
        return elapsed
      }
      return {
        data: () => milliseconds(() => withData('plan', '-detailed-exitcode')),
        binary: () => watched('binary', () => withBinary('plan', '-detailed-exitcode')),
        script: () => watched('script', () => withScript('plan', '-detailed-exitcode', `-state=${state}`)),
      }
    }
    const quickstart = await interleave(ROUNDS, await plans('quickstart', sandboxes[0]))
    const bare = await interleave(ROUNDS, await plans('count', sandboxes[1]))

    const speed = (['binary', 'script'] as const).flatMap((form): BenchResult[] => {
      const name = `provider-plan: no-change plan of 1,000 domains, ${form}`
      const [value, bareValue] = [median(quickstart[form]), median(bare[form])]
      const [ratio, bareRatio] = [value / median(quickstart.data), bareValue / median(bare.data)]
      return [
        { name, value, unit: 'ms', target: 'at most 1.6 times terraform_data', ratio, pass: ratio <= 1.6 },
        {
          name: `${name}, as a bare count`,
          value: bareValue,
          unit: 'ms',
          target: 'for comparison',
          ratio: bareRatio,
          pass: true,
        },
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
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()))
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
