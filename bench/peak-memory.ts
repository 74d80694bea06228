import { readFileSync } from 'node:fs'

/**
 * Peak resident memory of a process so far, in MiB, or undefined where the kernel does not tell (anything but Linux) or
 * the process is gone. VmHWM and not `ru_maxrss`: the latter counts the parent's size for a forked child.
 */
export function peakMemoryMiB(pid: number | 'self' = 'self'): number | undefined {
  try {
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? undefined : Number(kib) / 1024
  } catch {
    return undefined
  }
}
