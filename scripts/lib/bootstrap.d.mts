import type { SpawnSyncOptions } from 'node:child_process'

export const root: string
export function run(command: string, args: string[], options?: SpawnSyncOptions): number
export function installDependencies(): void
export function continueIn(script: string, args?: string[]): void
