import { platformName } from '@dmarc-as-code/terraform-provider/install'
import { type BenchResult, median } from './harness.ts'
import { timeStarts } from './provider/spawned.ts'
import { builtProvider } from './provider/workspace.ts'

// From spawning the provider to its first line, which Terraform waits for three times in each plan. The floor is a Node
// that only prints.
export default async function providerStart(): Promise<BenchResult[]> {
  const provider = await builtProvider(platformName())
  try {
    const samples = await timeStarts(21, {
      floor: [process.execPath, '-e', 'console.log(1)'],
      script: [process.execPath, provider.script],
      binary: [provider.binary],
    })
    const floor = median(samples.floor)
    return [['binary', 15] as const, ['script', 50] as const].map(([form, target]) => {
      const value = median(samples[form])
      return {
        name: `provider-start: spawn to handshake, ${form}`,
        value,
        unit: 'ms',
        target: `at most ${target} ms (ratio: to a Node that only prints)`,
        ratio: value / floor,
        pass: value <= target,
      }
    })
  } finally {
    await provider.remove()
  }
}
