import { accountCreate } from './account-create.ts'
import { sandbox } from './sandbox.ts'
import { start } from './start.ts'
import { tokenCreate } from './token-create.ts'
import { tokenRevoke } from './token-revoke.ts'
import { userCreate } from './user-create.ts'

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

export const commands: readonly Command[] = [sandbox, start, userCreate, accountCreate, tokenCreate, tokenRevoke]

export function usage(): string {
  const lines = commands.map(({ name, options, summary }) => {
    const flags = Object.keys(options).map((option) => `--${option} …`)
    return `  dmarc-server ${[name, ...flags].join(' ')}\n      ${summary}`
  })
  return [
    'A server that speaks the DMARC Report API v2.',
    '',
    ...lines,
    '',
    'All take --config FILE (JSON); DMARC_SERVER_* in the environment lies over it, see the README.',
  ].join('\n')
}
