import { platformName } from '@dmarc-as-code/terraform-provider/install'
import { type BenchResult, median } from './harness.ts'
import { emptyPrograms } from './provider/empty-programs.ts'
import { goProvider } from './provider/go-provider.ts'
import { timeStarts } from './provider/spawned.ts'
import { builtProvider } from './provider/workspace.ts'

const ROUNDS = 31

// From spawning the provider to its first line, which Terraform waits for three times in each plan. Measured in turn with a
// provider of a few lines in Go, which it should not be slower than, and with programs that only print a line: one for each way
// in which the provider runs, so that what is left is the provider's own.
export default async function providerStart(): Promise<BenchResult[]> {
  const provider = await builtProvider(platformName())
  try {
    const empty = await emptyPrograms(provider.folder, platformName())
    const go = await goProvider()
    const samples = await timeStarts(ROUNDS, {
      node: [process.execPath, empty.script],
      script: [process.execPath, provider.script],
      bun: [empty.bun, empty.script],
      emptyBinary: [empty.binary],
      binary: [provider.binary],
      ...(provider.launcher && { launcher: [provider.launcher] as const }),
      ...(go && { go: [go] as const }),
    })
    type Program = keyof typeof samples
    const of = (program: Program) => median(samples[program] ?? [])
    const show = (program: Program, title: string, floor: Program | null, target: [string, boolean]): BenchResult => ({
      name: `provider-start: spawn to handshake, ${title}`,
      value: of(program),
      unit: 'ms',
      target: target[0],
      ratio: floor ? of(program) / of(floor) : null,
      pass: target[1],
    })
    const comparison: [string, boolean] = ['for comparison', true]
    const against = (program: Program): [string, boolean] =>
      go
        ? ['not slower than the one in Go (ratio: to it)', of(program) <= of('go')]
        : ['Go is not at hand (ratio: to an empty program)', true]
    const floor = go ? 'go' : 'emptyBinary'
    return [
      ...(go ? [show('go', 'terraform-plugin-framework in Go, no resources', null, comparison)] : []),
      show('binary', 'binary', floor, against('binary')),
      ...(provider.launcher ? [show('launcher', 'binary by its launcher', floor, against('launcher'))] : []),
      show('emptyBinary', 'empty program, compiled', floor, comparison),
      show('bun', 'empty program by Bun', floor, comparison),
      show('node', 'empty program by Node', floor, comparison),
      show('script', 'script by Node', 'node', [
        'at most 2.5 times an empty program',
        of('script') <= 2.5 * of('node'),
      ]),
    ]
  } finally {
    await provider.remove()
  }
}
