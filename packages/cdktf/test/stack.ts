import {
  type App,
  DefaultTokenResolver,
  StringConcat,
  TerraformStack,
  Testing,
  Tokenization,
} from '../src/framework.ts'
import { DmarcreportProvider } from '../src/generated/provider.ts'

/** What a stack was synthesised to. */
export interface Synthesised {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>
  readonly data?: Synthesised['resource']
  readonly import?: readonly { readonly to: string; readonly id: string }[]
}

export interface TestStack {
  readonly stack: TerraformStack
  readonly app: App
  /** The whole stack, not validated. */
  json(): Synthesised
  /** The arguments of the resources of a type, in the order of their addresses. */
  resources(type: string): Readonly<Record<string, unknown>>[]
  data(type: string): Readonly<Record<string, unknown>>[]
  /** A value with its references written out, as they come into the stack. */
  resolve(value: unknown): unknown
  /** What validation says, one line for each fault; empty when the stack may be deployed. */
  faults(): string[]
}

/** A stack with our provider, whose name is `stack`. */
export function testStack(): TestStack {
  const app = Testing.app()
  const stack = new TerraformStack(app, 'stack')
  new DmarcreportProvider(stack, 'dmarcreport', {})
  const json = () => JSON.parse(Testing.synth(stack)) as Synthesised
  return {
    stack,
    app,
    json,
    resources: (type) => Object.values(json().resource[type] ?? {}),
    data: (type) => Object.values(json().data?.[type] ?? {}),
    resolve: (value) =>
      Tokenization.resolve(value, {
        scope: stack,
        resolver: new DefaultTokenResolver(new StringConcat()),
        preparing: false,
      }),
    faults: () => {
      try {
        Testing.synth(stack, true)
        return []
      } catch (error) {
        const lines = (error as Error).message.split('\n').map((line) => line.trim())
        return lines.filter((line) => line.startsWith('[') && !line.includes('without a matching provider'))
      }
    },
  }
}
