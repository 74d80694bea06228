import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { familyOf } from './processes.ts'

export interface TimedWaits {
  /** Times that a timer of the app's own code, which runs on Node's loop, ended a wait. */
  readonly own: number
  /** The same over all threads of all its processes, Chromium's included. */
  readonly all: number
}

const calls = 'epoll_wait,epoll_pwait,epoll_pwait2,poll,ppoll,select,pselect6,nanosleep,clock_nanosleep,futex'
/** Electron waits for Node's loop in a thread of its own, with room for one event; Chromium's pumps have room for more. */
const nodesLoop = /^epoll_p?wait2?\(\d+, \[\], 1, [1-9]\d*.*\)\s+= 0$/
/** A wait with a time limit that ran out. One with the limit 0 is a question, not a wait. */
const ranOut = [
  /^epoll_p?wait2?\(\d+, \[\], \d+, [1-9]\d*.*\)\s+= 0$/,
  /^p?poll\(.*, (?!0\))\S+\)\s+= 0 \(Timeout\)$/,
  /^p?select6?\(.*\)\s+= 0 \(Timeout\)$/,
  /^(clock_)?nanosleep\(.*\)\s+= 0$/,
  /ETIMEDOUT/,
]

/**
 * Watches an app and all its processes from outside, by strace, and counts the waits that only a timer ended. Other wakes
 * (a click, an answer from the network, a message between processes) do not count.
 */
export async function timedWaits(pid: number, milliseconds: number): Promise<TimedWaits> {
  const folder = mkdtempSync(join(tmpdir(), 'trace-'))
  const processes = familyOf(pid).flatMap((member) => ['-p', String(member)])
  // -ff: one file for each thread, so that no call is split by another's.
  const args = ['-qq', '-ff', '-e', `trace=${calls}`, '-o', join(folder, 'thread'), ...processes]
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  strace.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const ended = once(strace, 'exit')
  await Promise.race([new Promise((resolve) => setTimeout(resolve, milliseconds)), ended])
  if (strace.exitCode !== null) throw new Error(`strace cannot watch the app: ${complaint}`)
  strace.kill('SIGINT')
  await ended
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
  rmSync(folder, { recursive: true })
  return countWaits(lines)
}

/** `lines` are strace's, of whole calls. */
export function countWaits(lines: readonly string[]): TimedWaits {
  const count = (...patterns: RegExp[]) => lines.filter((line) => patterns.some((pattern) => pattern.test(line))).length
  return { own: count(nodesLoop), all: count(...ranOut) }
}
