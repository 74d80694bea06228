import { cpus, release, totalmem } from 'node:os'

/** What figures were measured on; without a name, which says nothing to others. */
export interface Machine {
  processor: string
  /** Logical processors. */
  processors: number
  /** GiB, rounded. */
  memory: number
  /** `linux 6.1 x64`. */
  system: string
  /** `24.21.0`. */
  node: string
}

/** This machine. */
export function machine(): Machine {
  const all = cpus()
  return {
    processor: all[0]?.model.trim() || 'unknown',
    processors: all.length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${/^\d+\.\d+/.exec(release())?.[0] ?? release()} ${process.arch}`,
    node: process.versions.node,
  }
}
