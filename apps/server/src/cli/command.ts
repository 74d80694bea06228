export interface CommandInput {
  values: Readonly<Record<string, string | undefined>>
  env: Readonly<Record<string, string | undefined>>
  print: (line: string) => void
}

export interface Command {
  /** One or two words. */
  name: string
  summary: string
  options: Readonly<Record<string, { type: 'string' }>>
  run: (input: CommandInput) => Promise<void>
}
