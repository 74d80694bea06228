import { printable } from '@dmarc-as-code/primitives'
import { DnsServiceError, PlanNotApplicableError, WeakeningError } from '../engine/errors.ts'
import { isExpected } from '../errors.ts'
import { applyCommand, planCommand } from './apply.ts'
import { type Arguments, type Command, help, parseArguments } from './arguments.ts'
import { check } from './check.ts'
import { completion } from './completion.ts'
import { connect } from './connect.ts'
import { eject } from './eject.ts'
import { forPeople } from './for-people.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { print } from './print.ts'
import { retarget } from './retarget.ts'
import { undoCommand } from './undo.ts'

export type { Io } from './io.ts'

const commands: Record<Command, (args: Arguments, io: Io) => Promise<ExitCode>> = {
  check,
  plan: planCommand,
  apply: applyCommand,
  eject,
  retarget,
  undo: undoCommand,
  evidence: async (args, io) => (await loadEvidence()).evidence(args, io),
  print,
  connect,
  completion,
}

// The reader of reports is an optional peer: it brings readers of mails, archives and XML that no other command needs.
async function loadEvidence() {
  try {
    return await import('./evidence.ts')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    const message =
      'evidence needs the package @dmarc-as-code/reports, which is not installed. Run: npm install @dmarc-as-code/reports'
    throw new UsageError(message, { cause })
  }
}

/** Runs one command line. Never rejects: what went wrong is written to `err`, and told by the exit code. */
export async function runCli(argv: readonly string[], io: Io, version: string): Promise<ExitCode> {
  try {
    const args = parseArguments(argv)
    if (args === 'version' || args === 'help') {
      io.out(args === 'version' ? `${version}\n` : help)
      return exitCodes.ok
    }
    return await commands[args.command](args, io)
  } catch (error) {
    if (io.signal.aborted) {
      io.err(
        `Interrupted. ${error instanceof Error && error.name === 'ApplyError' ? error.message : ''}`
          .trimEnd()
          .concat('\n'),
      )
      return exitCodes.interrupted
    }
    const code = codeOf(error)
    io.err(`${forPeople(messageOf(error))}\n`)
    if (argv.includes('--json')) io.out(`${JSON.stringify({ error: errorJson(error, code) })}\n`)
    return code
  }
}

function codeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage
  if (error instanceof DnsServiceError && error.kind === 'configuration') return exitCodes.usage
  if (error instanceof WeakeningError) return exitCodes.weaker
  return error instanceof PlanNotApplicableError ? exitCodes.conflict : exitCodes.failed
}

/** An error for whoever reads the output of `--json`: one line, in the place of what was asked for. */
function errorJson(error: unknown, exitCode: ExitCode) {
  const message = error instanceof Error ? error.message : String(error)
  const about = error instanceof DnsServiceError ? { service: error.service, kind: error.kind, fix: error.fix } : {}
  return { name: error instanceof Error ? error.name : 'Error', ...about, message, exitCode }
}

// A stack helps nobody who misread a flag; for what was not foreseen it is all there is to report.
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return isExpected(error) ? error.message.split('\n').map(printable).join('\n') : (error.stack ?? error.message)
}
