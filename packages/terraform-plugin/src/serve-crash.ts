import { writeSync } from 'node:fs'
import { stackOf } from './error-text.ts'
import { attempts } from './server/crash.ts'
import type { Connection } from './wire/grpc.ts'

/** How long calls go on after a crash, how long they have once they are told to end, and how long their answers take. */
const FINISH_MS = 30_000
const END_MS = 5_000
const ANSWER_MS = 1_000
const SEND_MS = 100

/** What a process does when it crashes: which calls it still has to answer, and how it ends. */
export interface CrashingProcess {
  readonly connections: ReadonlySet<Connection>
  /** Whether every call is answered within so many milliseconds. */
  idle(milliseconds: number): Promise<boolean>
  end(code: number): void
}

/**
 * Ends the process because of an error that belongs to no call, as Terraform expects it of a plugin: `panic:` and the stack on
 * standard error, code 2. Not at once: the call it came from is answered with the error, and the others finish, since cut off
 * they would leave objects behind that no state knows. Calls that come after it are answered with the error and begin nothing; what
 * stops or closes something is still done.
 */
export async function crash(error: unknown, crashing: CrashingProcess): Promise<void> {
  attempts.refuse(error)
  crashAgain(error, crashing.connections)
  if (!(await crashing.idle(FINISH_MS))) {
    for (const connection of crashing.connections) connection.crashed?.(error)
    if (!(await crashing.idle(END_MS))) {
      attempts.failAll(error)
      await crashing.idle(ANSWER_MS)
    }
  }
  // A stream is closed when its answer is handed to the socket, which still has to send it.
  setTimeout(() => crashing.end(2), SEND_MS)
}

/** Another error of this kind while the process already ends: it is told as well, and ends the call that it came from. */
export function crashAgain(error: unknown, connections: Iterable<Connection>): void {
  tellPanic(error, connections)
  attempts.failCulprit(error)
}

/** Says what happened. Terraform collects it from the line that begins with `panic:` and shows it at its end. */
function tellPanic(error: unknown, connections: Iterable<Connection>): void {
  let text = `panic: ${stackOf(error)}\n`
  for (const connection of connections) text = connection.mask?.(text) ?? text
  writeSync(2, text)
}
