export interface CommandInput {
  values: Readonly<Record<string, string | undefined>>
  env: Readonly<Record<string, string | undefined>>
  print: (line: string) => void
  /** What stands after the name of the command, where it takes operands. */
  operands?: readonly string[]
}

export interface Command {
  /** One or two words. */
  name: string
  summary: string
  options: Readonly<Record<string, { type: 'string' }>>
  /** What may follow the name, as the usage shows it. Default: nothing. */
  operands?: string
  /** What it prints is data for programs, and printed as it is. Default: hidden characters are shown. */
  forPrograms?: true
  run: (input: CommandInput) => Promise<void>
}
