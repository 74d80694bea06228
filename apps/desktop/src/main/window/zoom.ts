import type { Input } from 'electron'

/** Chromium's levels: each is a factor of 1.2. These are about 50 % and 250 %. */
const lowest = -4
const highest = 5

/** The zoom level after a key press; undefined when the keys are none of those for zoom. */
export function zoomAfter(
  input: Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt'>,
  level: number,
  platform: NodeJS.Platform,
): number | undefined {
  const held = platform === 'darwin' ? input.meta : input.control
  if (input.type !== 'keyDown' || !held || input.alt) return undefined
  if (input.key === '+' || input.key === '=') return Math.min(level + 1, highest)
  if (input.key === '-') return Math.max(level - 1, lowest)
  return input.key === '0' ? 0 : undefined
}
