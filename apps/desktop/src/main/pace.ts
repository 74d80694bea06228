import type { Clock } from '@dmarc-as-code/primitives'

/**
 * How many times sooner the app looks again than people need it to: 1, but for a build under test, whose tests would wait
 * most of their time for the next look. What is in a package takes no such wish: it would ask the service too often.
 */
export function paceOf(env: NodeJS.ProcessEnv, isPackaged: boolean): number {
  const pace = isPackaged ? 1 : Number(env.DMARC_WATCH_PACE ?? 1)
  return Number.isFinite(pace) && pace >= 1 ? pace : 1
}

/** A clock that agrees with the given one now, and then runs `pace` times as fast. */
export function paced(clock: Clock, pace: number): Clock {
  if (pace === 1) return clock
  const start = clock.now()
  return {
    now: () => start + (clock.now() - start) * pace,
    sleep: (ms, signal) => clock.sleep(ms / pace, signal),
  }
}
