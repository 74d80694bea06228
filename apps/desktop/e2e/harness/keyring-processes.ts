import { readFileSync } from 'node:fs'
import { familyOf } from '../../bench/processes.ts'
import type { LaunchedApp } from './app.ts'

/** The processes of the app that have libsecret loaded: those that talk to the password store. */
export function keyringProcesses({ electron }: LaunchedApp): number[] {
  return familyOf(electron.process().pid ?? 0).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/maps`, 'utf8').includes('/libsecret-')
    } catch {
      // It ended while we looked.
      return false
    }
  })
}
