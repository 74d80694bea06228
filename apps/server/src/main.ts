import { parseArgs } from 'node:util'
import { printable } from '@dmarc-as-code/records/words'
import type { Command } from './cli/command.ts'
import { CommandError } from './cli/command-error.ts'
import { commands, usage } from './cli/commands.ts'
import { explainFailure } from './cli/explain-failure.ts'
import { ConfigError } from './config/load-config.ts'

/** Runs the command line. Returns the exit code: 0 success, 1 failure, 2 incorrect usage. */
export async function main(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  print: (line: string) => void,
  printError: (line: string) => void,
): Promise<number> {
  const complain = (text: string) => printError(visible(text))
  const words = argv.filter((word) => !word.startsWith('-'))
  const command = findCommand(words)
  if (!command || argv.includes('--help')) {
    ;(argv.includes('--help') ? print : printError)(usage())
    return argv.includes('--help') ? 0 : 2
  }
  try {
    const { values, positionals } = parseArgs({
      args: argv.slice(command.name.split(' ').length),
      options: { config: { type: 'string' }, ...command.options },
      allowPositionals: command.operands !== undefined,
    })
    await command.run({
      values: values as Record<string, string | undefined>,
      env,
      print: command.forPrograms ? print : (text) => print(visible(text)),
      operands: positionals,
    })
    return 0
  } catch (error) {
    if (error instanceof ConfigError || error instanceof CommandError) {
      complain(error.message)
      return 1
    }
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      complain(`${error.message}\n\n${usage()}`)
      return 2
    }
    const explanation = explainFailure(error)
    if (explanation === undefined) throw error
    complain(explanation)
    return 1
  }
}

const findCommand = (words: readonly string[]): Command | undefined =>
  commands.find(({ name }) => name.split(' ').every((word, index) => words[index] === word))

/** Text with names and records from outside, line by line: what would change a terminal or the direction of reading is shown. */
const visible = (text: string): string => text.split('\n').map(printable).join('\n')
