import type { Token } from '../oauth.ts'

export type RunProgram = (program: string, args: string[], signal: AbortSignal | undefined) => Promise<string>

export interface AzureAuthContext {
  fetch?: typeof fetch | undefined
  clock: () => number
  /** Where managed identities are announced. */
  env: Record<string, string | undefined>
  /** Runs a program and gives its standard output. Default: `execFile` with a limit of 30 seconds. */
  run?: RunProgram | undefined
}

/** One kind of credentials: a token, or what is lacking for one. What is there and refused rejects. */
export interface AzureSource {
  title: string
  /** Its name in AZURE_TOKEN_CREDENTIALS. */
  name: string
  /** What AZURE_TOKEN_CREDENTIALS calls it together with others. */
  group: 'prod' | 'dev'
  ask(signal: AbortSignal | undefined): Promise<Token | { lacks: string }>
}
